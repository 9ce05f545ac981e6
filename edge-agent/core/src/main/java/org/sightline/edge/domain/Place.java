package org.sightline.edge.domain;

/** Where the cameras of a deployment stand, as its authorisation words it: one line. */
public record Place(String value) {
  private static final int LONGEST = 1000;

  public Place {
    if (value.isBlank()
        || value.length() > LONGEST
        || value.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the place is one line of 1 to " + LONGEST + " characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
