package org.sightline.edge.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why capture is paused. A word of a list and no free text: it is published and stays in the audit
 * log for good.
 */
public enum PauseReason {
  /** Nobody could go to the person of an alert. */
  OFFICERS_AWAY,
  /** Something happened near the van that has nothing to do with the deployment. */
  INCIDENT,
  /** The van or its cameras are moved. */
  MOVING,
  /** Something about the box, the cameras or the link is to be fixed. */
  TECHNICAL,
  /** A supervisor or an authority has ordered it. */
  ORDERED;

  /** The word of the contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The reason of a word.
   *
   * @throws IllegalArgumentException naming the words there are, if it is none
   */
  public static PauseReason of(String word) {
    return Arrays.stream(values())
        .filter(reason -> reason.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + words()));
  }

  private static String words() {
    return Arrays.stream(values()).map(PauseReason::word).collect(Collectors.joining(", "));
  }
}
