package org.sightline.edge.authorisation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a subject is not looked for any more. */
public enum WithdrawalReason {
  /** The police have found the person. */
  FOUND,
  /** Nobody looks for the person any more, such as after a warrant was cancelled. */
  NOT_WANTED,
  /** The person should never have been on the list. */
  LISTED_IN_ERROR,
  /** A court, or an authority for data protection, has ordered it. */
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
  public static WithdrawalReason of(String word) {
    return Arrays.stream(values())
        .filter(reason -> reason.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(WithdrawalReason::word)
                            .collect(Collectors.joining(", "))));
  }
}
