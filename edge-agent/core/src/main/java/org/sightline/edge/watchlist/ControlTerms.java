package org.sightline.edge.watchlist;

/**
 * Says that those listed in the category {@value #CATEGORY} are staff who walk past the cameras so
 * that it is known how often they are found, and that they consented. No alert is raised about
 * them. A version which does not know it refuses a list that has it.
 *
 * @param consent where their consent is kept, one line of 1 to {@value #MAX_LENGTH} characters
 */
public record ControlTerms(String consent) {
  /** What control entries are listed as; nobody else is, where a list has them. */
  public static final String CATEGORY = "control";

  static final int MAX_LENGTH = 200;

  /**
   * @throws IllegalArgumentException if the text is none, too long or not one line
   */
  public ControlTerms {
    if (consent.isBlank()
        || consent.length() > MAX_LENGTH
        || consent.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the consent of control entries is one line of 1 to " + MAX_LENGTH + " characters");
    }
  }
}
