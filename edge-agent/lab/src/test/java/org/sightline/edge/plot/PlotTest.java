package org.sightline.edge.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.sightline.edge.plot.Axis.Tick;
import org.sightline.edge.plot.Series.Bar;
import org.sightline.edge.plot.Series.Bars;
import org.sightline.edge.plot.Series.Estimate;
import org.sightline.edge.plot.Series.Estimates;
import org.sightline.edge.plot.Series.Line;
import org.sightline.edge.plot.Series.Point;
import org.sightline.edge.plot.Series.Rule;
import org.sightline.edge.plot.Series.Steps;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What a plot's text holds, read as XML. */
class PlotTest {
  private static final Axis SHARE = Axis.linear("share", 0, 1);

  private static Document drawn(Axis x, Axis y, Series... series) throws Exception {
    return parsed(new Plot("p", "A plot", "All of it", x, y, List.of(series)).svg());
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static Element first(Document svg, String name) {
    return (Element) svg.getElementsByTagName(name).item(0);
  }

  private static List<String> ticks(Axis axis) {
    return axis.ticks().stream().map(Tick::text).toList();
  }

  @Test
  void theSamePlotIsTheSameText() {
    assertThat(threshold(0.5)).isEqualTo(threshold(0.5)).isNotEqualTo(threshold(0.6));
  }

  private static String threshold(double value) {
    Axis share = Axis.linear("share", 0, 1);
    Rule rule = new Rule("threshold", value);
    return new Plot("p", "A", "B", share, share, List.of(rule)).svg();
  }

  @Test
  void whatItShowsIsDescribedForThoseWhoDoNotSeeIt() throws Exception {
    Document svg = drawn(SHARE, SHARE);
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getDocumentElement().getAttribute("aria-labelledby"))
        .isEqualTo("p-title p-desc");
    assertThat(first(svg, "title").getTextContent()).isEqualTo("A plot");
    assertThat(first(svg, "desc").getTextContent()).isEqualTo("All of it");
  }

  @Test
  void everyTextIsEscaped() throws Exception {
    String text = "<script>&\"'\u0007";
    Document svg =
        parsed(
            new Plot("p", text, text, Axis.linear(text, 0, 1), SHARE, List.of(new Rule(text, 0.5)))
                .svg());
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(first(svg, "title").getTextContent()).isEqualTo("<script>&\"'?");
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    String svg = new Plot("p", "A", "B", SHARE, SHARE, List.of(new Rule("t", 0.5))).svg();
    assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("://", "href", "url(");
  }

  @Test
  void aLineJoinsItsPoints() throws Exception {
    Document svg = drawn(SHARE, SHARE, new Line("l", List.of(new Point(0, 0), new Point(1, 1))));
    assertThat(first(svg, "polyline").getAttribute("points")).isEqualTo("78,284 622,14");
  }

  @Test
  void stepsKeepTheirHeightUntilTheNextPoint() throws Exception {
    Document svg = drawn(SHARE, SHARE, new Steps("s", List.of(new Point(0, 0), new Point(1, 1))));
    assertThat(first(svg, "polyline").getAttribute("points")).isEqualTo("78,284 622,284 622,14");
  }

  @Test
  void aBarStandsOnTheAxis() throws Exception {
    Document svg = drawn(SHARE, SHARE, new Bars("b", List.of(new Bar(0, 0.5, 1))));
    Element bar = first(svg, "rect");
    assertThat(bar.getAttribute("y")).isEqualTo("14");
    assertThat(bar.getAttribute("height")).isEqualTo("270");
    assertThat(bar.getAttribute("width")).isEqualTo("272");
  }

  @Test
  void everySeriesIsInTheKey() throws Exception {
    Document svg =
        drawn(
            Axis.categories("bin", List.of("16-24", "24-32")),
            SHARE,
            new Estimates("TPIR with whiskers", List.of(new Estimate(0, 0.5, 0.2, 0.8))),
            new Bars("bars beside it", List.of()));
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("TPIR with whiskers", "bars beside it", "16-24");
  }

  @Test
  void aLogarithmicAxisGivesEveryDecadeTheSameRoom() {
    Axis axis = Axis.logarithmic("FPIR", 1e-4, 1);
    assertThat(ticks(axis)).containsExactly("1e-4", "0.001", "0.01", "0.1", "1");
    assertThat(axis.share(1e-2)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aShortLogarithmicAxisHasTicksBetweenTheDecades() {
    assertThat(ticks(Axis.logarithmic("ms", 10, 200)))
        .containsExactly("10", "20", "50", "100", "200");
  }

  @Test
  void aLinearAxisHasRoundTicks() {
    assertThat(ticks(Axis.linear("cosine", 0.1, 1)))
        .containsExactly("0.2", "0.4", "0.6", "0.8", "1");
    assertThat(ticks(Axis.linear("count", 0, 7))).containsExactly("0", "2", "4", "6");
  }

  @Test
  void aValueBeyondAnEndLiesAtThatEnd() {
    assertThat(Axis.logarithmic("FNIR", 0.001, 1).share(0)).isZero();
    assertThat(SHARE.share(3)).isEqualTo(1);
  }

  @Test
  void anAxisThatHoldsNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear("none", 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Axis.logarithmic("none", 0, 1));
  }
}
