package org.sightline.edge.cli.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.ErrorKind;
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
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(DocumentFile.read(file))).toString();
    } catch (CharacterCodingException e) {
      throw unusable("the code list is not UTF-8", file.toString(), e);
    }
    List<StatedGroup> groups = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split("\\s+", 2);
      try {
        groups.add(new StatedGroup(parts[0], parts.length < 2 ? "" : parts[1]));
      } catch (IllegalArgumentException e) {
        throw unusable("no group of a code list: " + e.getMessage(), file + ":" + number, e);
      }
    }
    return groups;
  }

  private static SightlineException unusable(String what, String where, Exception cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        what,
        where,
        "write a code and what it stands for on each line, as in: A1 Asian - Indian",
        cause);
  }
}
