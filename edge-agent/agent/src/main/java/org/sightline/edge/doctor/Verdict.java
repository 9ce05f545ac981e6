package org.sightline.edge.doctor;

import com.fasterxml.jackson.annotation.JsonValue;

/** What was found out about one thing. */
public enum Verdict {
  /** As a deployment needs it. */
  GOOD("ok"),
  /** Works, but not as it should: somebody has to look. */
  LOOK("look"),
  /** A deployment would not work, or not safely. */
  BAD("FAIL"),
  /** Nothing is known about it, for the reason that is given. */
  UNTESTED("not tested");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** As it is printed. */
  @JsonValue
  public String word() {
    return word;
  }

  /** Whether it stands against opening a deployment now. */
  public boolean isTrouble() {
    return this == LOOK || this == BAD;
  }
}
