package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a camera of a deployment is. */
public enum CameraKind {
  /** One that shows what happens now. */
  @JsonProperty("live")
  LIVE("live"),

  /** A recording, in place of one. */
  @JsonProperty("recorded")
  RECORDED("recorded");

  private final String word;

  CameraKind(String word) {
    this.word = word;
  }

  /** The word of the contract. */
  public String word() {
    return word;
  }
}
