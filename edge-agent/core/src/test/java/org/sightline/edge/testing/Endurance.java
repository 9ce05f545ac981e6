package org.sightline.edge.testing;

/**
 * How often a test repeats the same thing: seldom in an ordinary run, which everybody waits for,
 * and as often as it takes to find what happens rarely with {@code -Dsightline.endurance}, which
 * {@code scripts/test --endurance} gives. Whatever the system is to do is tried in both.
 */
public final class Endurance {
  private static final boolean WHOLE = Boolean.getBoolean("sightline.endurance");

  private Endurance() {}

  /** One of the two. */
  public static <T> T either(T ordinarily, T enduring) {
    return WHOLE ? enduring : ordinarily;
  }

  /** One of the two. */
  public static int times(int ordinarily, int enduring) {
    return either(ordinarily, enduring);
  }
}
