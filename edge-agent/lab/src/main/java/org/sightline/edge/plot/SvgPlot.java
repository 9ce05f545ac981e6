package org.sightline.edge.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sightline.edge.plot.Axis.Tick;
import org.sightline.edge.plot.Series.Bar;
import org.sightline.edge.plot.Series.Estimate;
import org.sightline.edge.plot.Series.Point;

/** Draws one plot. Lengths are in units of the view box, which is pixels at full width. */
final class SvgPlot {
  private static final double WIDTH = 640;
  private static final double LEFT = 78;
  private static final double RIGHT = 18;
  private static final double TOP = 14;
  private static final double PLOT_HEIGHT = 270;
  private static final double BELOW = 58;
  private static final double KEY_ROW = 22;
  private static final double TICK = 6;
  private static final double WHISKER = 5;
  private static final double MARK = 5;

  /**
   * Colours that keep 3 to 1 on the ground in both schemes, and can be distinguished by the
   * colour-blind.
   */
  private static final String STYLE =
      """
      .plot{color-scheme:light dark;display:block;width:100%;max-width:640px;height:auto;background:#fff;\
      --ink:#15202b;--grid:#d9dfe5;--s0:#0b57a4;--s1:#b3400a;--s2:#0d6a4c;--s3:#7a3e9d}\
      @media(prefers-color-scheme:dark){.plot{background:#171e26;--ink:#e7edf3;--grid:#34404c;\
      --s0:#7cbcff;--s1:#ff9e5e;--s2:#74d3aa;--s3:#d3a4f2}}\
      .plot text{fill:var(--ink);font:15px system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif}\
      .plot .grid{stroke:var(--grid);stroke-width:1}\
      .plot .axis{stroke:var(--ink);stroke-width:1.5;fill:none}\
      .plot .line{fill:none;stroke-width:2.5}\
      .plot .bar{fill-opacity:.55;stroke-width:1.5}\
      .plot .s0{stroke:var(--s0)}.plot .s1{stroke:var(--s1);stroke-dasharray:7 4}\
      .plot .s2{stroke:var(--s2);stroke-dasharray:2 3}.plot .s3{stroke:var(--s3);stroke-dasharray:9 3 2 3}\
      .plot .f0{fill:var(--s0)}.plot .f1{fill:var(--s1)}.plot .f2{fill:var(--s2)}.plot .f3{fill:var(--s3)}\
      """;

  private static final int STYLES = 4;

  private final Plot plot;
  private final Markup svg = new Markup();

  SvgPlot(Plot plot) {
    this.plot = plot;
  }

  String text() {
    double height = TOP + PLOT_HEIGHT + BELOW + KEY_ROW * plot.series().size();
    String title = plot.id() + "-title";
    String description = plot.id() + "-desc";
    svg.open(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "class",
            "plot",
            "role",
            "img",
            "aria-labelledby",
            title + " " + description,
            "viewBox",
            "0 0 " + number(WIDTH) + " " + number(height))
        .element("title", plot.title(), "id", title)
        .element("desc", plot.description(), "id", description)
        .element("style", STYLE);
    axes();
    List<Series> series = plot.series();
    for (int i = 0; i < series.size(); i++) {
      draw(series.get(i), i % STYLES);
      key(series.get(i), i);
    }
    return svg.close().toString();
  }

  private void axes() {
    double bottom = TOP + PLOT_HEIGHT;
    double right = WIDTH - RIGHT;
    for (Tick tick : plot.x().ticks()) {
      double x = x(tick.at());
      line("grid", x, TOP, x, bottom);
      line("axis", x, bottom, x, bottom + TICK);
      label(tick.text(), x, bottom + 22, "middle");
    }
    for (Tick tick : plot.y().ticks()) {
      double y = y(tick.at());
      line("grid", LEFT, y, right, y);
      line("axis", LEFT - TICK, y, LEFT, y);
      label(tick.text(), LEFT - 10, y + 5, "end");
    }
    svg.empty("path", "class", "axis", "d", path(LEFT, TOP, LEFT, bottom, right, bottom));
    label(plot.x().label(), (LEFT + right) / 2, bottom + 46, "middle");
    double middle = TOP + PLOT_HEIGHT / 2;
    svg.element(
        "text",
        plot.y().label(),
        "x",
        number(-middle),
        "y",
        number(17),
        "text-anchor",
        "middle",
        "transform",
        "rotate(-90)");
  }

  private void draw(Series series, int style) {
    if (series instanceof Series.Line line) {
      polyline(line.points(), style);
    } else if (series instanceof Series.Steps steps) {
      polyline(corners(steps.points()), style);
    } else if (series instanceof Series.Bars bars) {
      bars.bars().forEach(bar -> draw(bar, style));
    } else if (series instanceof Series.Estimates estimates) {
      estimates.estimates().forEach(estimate -> draw(estimate, style));
    } else if (series instanceof Series.Rule rule) {
      line("line s" + style, x(rule.x()), TOP, x(rule.x()), TOP + PLOT_HEIGHT);
    }
  }

  private static List<Point> corners(List<Point> points) {
    return IntStream.range(0, points.size())
        .boxed()
        .flatMap(
            i ->
                i == 0
                    ? Stream.of(points.get(0))
                    : Stream.of(new Point(points.get(i).x(), points.get(i - 1).y()), points.get(i)))
        .toList();
  }

  private void polyline(List<Point> points, int style) {
    svg.empty(
        "polyline",
        "class",
        "line s" + style,
        "points",
        points.stream()
            .map(point -> number(x(point.x())) + "," + number(y(point.y())))
            .collect(Collectors.joining(" ")));
  }

  private void draw(Bar bar, int style) {
    double top = y(bar.height());
    bar(x(bar.from()), top, x(bar.to()) - x(bar.from()), TOP + PLOT_HEIGHT - top, style);
  }

  private void bar(double x, double y, double width, double height, int style) {
    svg.empty(
        "rect",
        "class",
        "bar f" + style + " s" + style,
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height));
  }

  private void draw(Estimate estimate, int style) {
    double x = x(estimate.x());
    double lower = y(estimate.lower());
    double upper = y(estimate.upper());
    line("line s" + style, x, lower, x, upper);
    line("line s" + style, x - WHISKER, lower, x + WHISKER, lower);
    line("line s" + style, x - WHISKER, upper, x + WHISKER, upper);
    mark(x, y(estimate.y()), style);
  }

  /** The shape says the series too. */
  private void mark(double x, double y, int style) {
    String shape =
        switch (style) {
          case 0 ->
              path(x - MARK, y - MARK, x + MARK, y - MARK, x + MARK, y + MARK, x - MARK, y + MARK);
          case 1 -> path(x, y - MARK, x + MARK, y + MARK, x - MARK, y + MARK);
          case 2 -> path(x, y - MARK, x + MARK, y, x, y + MARK, x - MARK, y);
          default -> path(x - MARK, y - MARK, x + MARK, y - MARK, x, y + MARK);
        };
    svg.empty("path", "class", "f" + style, "d", shape + "Z");
  }

  private void key(Series series, int index) {
    int style = index % STYLES;
    double y = TOP + PLOT_HEIGHT + BELOW + KEY_ROW * (index + 0.5);
    if (series instanceof Series.Bars) {
      bar(LEFT, y - 7, 28, 14, style);
    } else {
      line("line s" + style, LEFT, y, LEFT + 28, y);
      if (series instanceof Series.Estimates) {
        mark(LEFT + 14, y, style);
      }
    }
    label(series.name(), LEFT + 38, y + 5, "start");
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    svg.empty(
        "line",
        "class",
        style,
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2));
  }

  private void label(String text, double x, double y, String anchor) {
    svg.element("text", text, "x", number(x), "y", number(y), "text-anchor", anchor);
  }

  private double x(double value) {
    return LEFT + plot.x().share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (1 - plot.y().share(value)) * PLOT_HEIGHT;
  }

  private static String path(double... places) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < places.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(number(places[i])).append(' ');
      path.append(number(places[i + 1]));
    }
    return path.toString();
  }

  private static String number(double length) {
    String text = String.format(Locale.ROOT, "%.1f", length);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
