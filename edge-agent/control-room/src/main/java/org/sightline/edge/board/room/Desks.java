package org.sightline.edge.board.room;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which desk of the control room this board is, and which other one has before it, too, what nobody
 * claims here.
 *
 * @param name of this desk, that no other has; null if it has none, and is nobody's second
 * @param second name of the second desk; null for none
 * @param after how long an alert waits for a claim until the second desk has it; half as long where
 *     its category is heard as urgent
 */
public record Desks(@Nullable String name, @Nullable String second, Duration after) {
  /** Neither a name nor a second desk. */
  public static final Desks NONE = new Desks(null, null, Duration.ofSeconds(20));

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * @throws IllegalArgumentException if it cannot be so
   */
  public Desks {
    if (second != null && (name == null || name.equals(second))) {
      throw new IllegalArgumentException(
          "a board with a second desk has a desk of its own, by another name");
    }
  }

  /**
   * The name of a desk.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a desk is 1 to 32 of a-z, 0-9 and '-', starting with a letter or digit");
    }
    return name;
  }

  /**
   * How long an alert may wait.
   *
   * @throws IllegalArgumentException if that is too short or too long
   */
  public static Duration requireAfter(Duration after) {
    if (after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("an alert waits 5 s to 10 m for its second desk");
    }
    return after;
  }
}
