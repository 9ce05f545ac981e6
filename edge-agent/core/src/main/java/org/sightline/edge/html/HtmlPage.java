package org.sightline.edge.html;

import java.util.List;

/**
 * A page of HTML in the making. It loads nothing and runs nothing, is read aloud in order, and is
 * printed on A4 as it stands; every text is escaped. For one thread.
 */
public final class HtmlPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:%drem;
        margin:2rem auto;padding:0 1rem}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;margin:1rem 0;width:100%%}
      caption{text-align:left;font-weight:bold}
      th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
      td.n{text-align:right;font-variant-numeric:tabular-nums}
      svg{width:12rem;height:12rem}
      @media print{body{font-size:%dpt;margin:0;max-width:none}.wide{overflow:visible}
        thead{display:table-header-group}tr,h2,svg{break-inside:avoid}h2{break-after:avoid}
        @page{size:%s;margin:15mm}}
      </style>
      </head>
      <body>
      <main>
      """;

  private final StringBuilder html = new StringBuilder();

  public HtmlPage(String title) {
    this(title, 50, 11, "A4");
  }

  private HtmlPage(String title, int widestRem, int printedPt, String paper) {
    html.append(HEAD.formatted(escaped(title), widestRem, printedPt, paper));
    element("h1", title);
  }

  /** One for tables of many columns, printed in landscape. */
  public static HtmlPage wide(String title) {
    return new HtmlPage(title, 75, 9, "A4 landscape");
  }

  public HtmlPage heading(String text) {
    return element("h2", text);
  }

  public HtmlPage paragraph(String text) {
    return element("p", text);
  }

  public HtmlPage list(List<String> lines) {
    html.append("<ul>\n");
    lines.forEach(each -> element("li", each));
    html.append("</ul>\n");
    return this;
  }

  /** A table of rows, the first cell of each of which names it. */
  public HtmlPage table(String caption, List<String> columns, List<List<String>> rows) {
    html.append("<div class=\"wide\"><table>\n");
    element("caption", caption);
    html.append("<thead><tr>");
    columns.forEach(
        each -> html.append("<th scope=\"col\">").append(escaped(each)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(escaped(row.get(0))).append("</th>");
      row.stream()
          .skip(1)
          .forEach(
              each ->
                  html.append(each.matches("[0-9]+") ? "<td class=\"n\">" : "<td>")
                      .append(escaped(each))
                      .append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table></div>\n");
    return this;
  }

  /**
   * A picture of squares, one of a side of one unit for each that is dark.
   *
   * @param says what it says, for whoever does not see it
   */
  public HtmlPage squares(String says, boolean[][] dark) {
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < dark.length; row++) {
      for (int column = 0; column < dark[row].length; column++) {
        if (dark[row][column]) {
          path.append('M').append(column).append(' ').append(row).append("h1v1h-1z");
        }
      }
    }
    // Around it four squares are left free, without which no reader finds it.
    html.append("<svg role=\"img\" aria-label=\"").append(escaped(says)).append('"');
    html.append(" viewBox=\"-4 -4 %1$d %1$d\"><path d=\"".formatted(dark.length + 8));
    html.append(path).append("\"/></svg>\n");
    return this;
  }

  /** The whole page. */
  public String end() {
    return html + "</main>\n</body>\n</html>\n";
  }

  private HtmlPage element(String name, String text) {
    html.append('<').append(name).append('>').append(escaped(text));
    html.append("</").append(name).append(">\n");
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
