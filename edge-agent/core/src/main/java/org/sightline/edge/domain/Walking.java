package org.sightline.edge.domain;

import java.util.Arrays;
import java.util.Locale;

/** Where to somebody walks, as the camera sees it. */
public enum Walking {
  /** To the left edge of the picture. */
  LEFT,
  /** To the right edge of the picture. */
  RIGHT,
  /** Nearer to the camera. */
  TOWARDS,
  /** Further from the camera. */
  AWAY;

  /** The word of the contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * By its word.
   *
   * @throws IllegalArgumentException if there is none of this word
   */
  public static Walking of(String word) {
    return Arrays.stream(values())
        .filter(walking -> walking.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no way of walking"));
  }
}
