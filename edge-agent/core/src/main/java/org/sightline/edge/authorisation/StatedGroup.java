package org.sightline.edge.authorisation;

import java.util.List;
import java.util.regex.Pattern;
import org.sightline.edge.domain.ShownText;

/**
 * A group of people, as the authority names it, that an officer may state of somebody who was
 * stopped. No machine finds it out, and it is counted alone.
 *
 * @param code 1 to 8 of {@code A-Z 0-9 -}, beginning with a letter or digit
 * @param label what the code stands for, as officers read it
 */
public record StatedGroup(String code, String label) {
  /** So many can be read on a phone; a longer list is no list that somebody states from. */
  public static final int MOST = 20;

  /** The most characters of a code. */
  public static final int LONGEST_CODE = 8;

  private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,7}");

  public StatedGroup {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "the code of a group is 1 to " + LONGEST_CODE + " of A-Z, 0-9 and '-'");
    }
    ShownText.GROUP.require(label);
  }

  /**
   * That these are a code list.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireList(List<StatedGroup> groups) {
    if (groups.isEmpty() || groups.size() > MOST) {
      throw new IllegalArgumentException("a code list has 1 to " + MOST + " groups");
    }
    if (groups.stream().map(StatedGroup::code).distinct().count() < groups.size()) {
      throw new IllegalArgumentException("a code list has each code once");
    }
  }
}
