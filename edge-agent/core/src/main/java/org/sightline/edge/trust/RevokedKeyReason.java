package org.sightline.edge.trust;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a key is revoked. */
public enum RevokedKeyReason {
  /** Nobody knows where it is. */
  LOST,
  /** Somebody else may have it. */
  STOLEN,
  /** Who had it does not need it any more. */
  RETIRED,
  /** It should never have been named. */
  NAMED_IN_ERROR,
  /** A court or an oversight body has ordered it. */
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
  public static RevokedKeyReason of(String word) {
    return Arrays.stream(values())
        .filter(reason -> reason.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(RevokedKeyReason::word)
                            .collect(Collectors.joining(", "))));
  }
}
