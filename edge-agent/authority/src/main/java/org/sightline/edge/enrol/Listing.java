package org.sightline.edge.enrol;

import java.time.LocalDate;

/**
 * Why, by what right and for how long a subject is listed. The texts are one line of at most
 * {@value #MAX_TEXT_LENGTH} characters.
 *
 * @param category why, in a word of policy
 * @param reviewedUntil last day, UTC, for which somebody has decided that the subject is listed
 * @param legalBasis the law, order or warrant it rests on
 * @param under18 whether the subject is known to be under 18
 */
public record Listing(
    String category, LocalDate reviewedUntil, String legalBasis, boolean under18) {
  static final int MAX_TEXT_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if a text is missing, too long, not one line or partly
   *     invisible
   */
  public Listing {
    requireText("category", category);
    requireText("legal basis", legalBasis);
  }

  static String requireText(String name, String text) {
    if (CellText.stripped(text).isEmpty()) {
      throw new IllegalArgumentException("the " + name + " is missing");
    }
    if (text.length() > MAX_TEXT_LENGTH) {
      throw new IllegalArgumentException(
          "the " + name + " is longer than " + MAX_TEXT_LENGTH + " characters");
    }
    if (text.chars().anyMatch(Listing::breaksTheLine)) {
      throw new IllegalArgumentException(
          "the " + name + " holds a line break or another control character");
    }
    return requireVisible(name, text);
  }

  static String requireVisible(String name, String text) {
    CellText.invisible(text)
        .ifPresent(
            character -> {
              throw new IllegalArgumentException(
                  "the " + name + " holds an invisible character, " + character);
            });
    return text;
  }

  private static boolean breaksTheLine(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
