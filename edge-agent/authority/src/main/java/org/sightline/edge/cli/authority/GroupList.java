package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.domain.SightlineException;

/** A code list of groups of people: on each line a code, a space, and what it stands for. */
final class GroupList {
  private GroupList() {}

  /**
   * Reads a list; empty lines and those that begin with {@code #} are passed over.
   *
   * @throws SightlineException if a line is no group
   */
  static List<StatedGroup> read(Path file) throws SightlineException {
    return new LinesFile(
            file,
            "the code list",
            "group of a code list",
            "write a code and what it stands for on each line, as in: A1 Asian - Indian")
        .read(GroupList::group);
  }

  private static StatedGroup group(String line) {
    String[] parts = line.split("\\s+", 2);
    return new StatedGroup(parts[0], parts.length < 2 ? "" : parts[1]);
  }
}
