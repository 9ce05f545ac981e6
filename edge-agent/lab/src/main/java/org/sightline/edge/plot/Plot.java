package org.sightline.edge.plot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A plot.
 *
 * @param id of {@code a-z 0-9 -}, once in a page
 * @param title what it shows, in a few words
 * @param description the same in full, for those who do not see it
 * @param series drawn in their order; up to four are distinguished by colour, dashes and shape
 */
public record Plot(
    String id, String title, String description, Axis x, Axis y, List<Series> series) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  public Plot {
    series = List.copyOf(series);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("an id is of a-z 0-9 -, and begins with a letter");
    }
  }

  /**
   * The text of an {@code svg} element, whole in itself: it can be part of a page or be a file. It
   * is as wide as there is room, up to 640 px.
   */
  public String svg() {
    return new SvgPlot(this).text();
  }
}
