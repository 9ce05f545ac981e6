package org.sightline.edge.domain;

import java.util.Locale;

/** What a person has found an alert to be. */
public enum Outcome {
  /** It was the listed subject. */
  TRUE,
  /** It was somebody else. */
  FALSE,
  /** It could not be found out. */
  UNRESOLVED;

  /** The outcome as files and messages spell it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The other way round.
   *
   * @throws IllegalArgumentException if there is no such outcome
   */
  public static Outcome of(String word) {
    for (Outcome outcome : values()) {
      if (outcome.word().equals(word)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("an outcome is true, false or unresolved");
  }
}
