package org.sightline.edge.aim;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What most passes lacked that did not come near enough.
 *
 * @param region where in the view most of them were at their largest, in words
 * @param heightPx median of their largest heights there
 */
public record Shortfall(Kind kind, String region, double heightPx) {
  /** In which way a face is of no use. */
  public enum Kind {
    /** Not high enough wherever it was whole. */
    SMALL("small"),
    /** High enough, but the eyes too near together. */
    TURNED_AWAY("turned-away"),
    /** Never whole: cut by the picture's edge. */
    CUT("cut");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As it is printed. */
    @JsonValue
    public String word() {
      return word;
    }
  }
}
