package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;

/** A zone as it is written down: on each line a corner, across and down, as shares of the view. */
final class ZoneFile {
  private ZoneFile() {}

  /**
   * Reads a zone.
   *
   * @throws SightlineException if a line is no corner, or the corners make no zone
   */
  static Zone read(Path file) throws SightlineException {
    LinesFile lines =
        new LinesFile(
            file,
            "the zone",
            "corner of a zone",
            "write a corner on each line, from 0 to 1 across and down the view, as in: 0.25 0.4");
    List<Zone.Corner> corners = lines.read(ZoneFile::corner);
    try {
      return new Zone(corners);
    } catch (IllegalArgumentException e) {
      throw lines.unusable(e);
    }
  }

  private static Zone.Corner corner(String line) {
    String[] parts = line.split("[\\s,]+", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("a corner is two numbers");
    }
    return new Zone.Corner(share(parts[0]), share(parts[1]));
  }

  private static double share(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a corner is two numbers", e);
    }
  }
}
