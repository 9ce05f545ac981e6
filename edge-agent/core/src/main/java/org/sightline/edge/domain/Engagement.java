package org.sightline.edge.domain;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an alert in the street, as an officer states it: the second stage, after people
 * have judged the pictures. Immutable.
 *
 * @param attempt whether somebody was stopped
 * @param result who it was found to be; of nobody who was not stopped can that be said
 * @param stop null unless somebody was stopped
 */
public record Engagement(Attempt attempt, Outcome result, @Nullable Stop stop) {
  /** Nobody is kept for longer in what is recorded here: a day. */
  public static final int MOST_MINUTES = 24 * 60;

  /** Whether somebody was stopped. */
  public enum Attempt {
    STOPPED,
    /** Officers looked for the person, who was gone. */
    LOST,
    NOT_ATTEMPTED;

    /** The word of the contract. */
    public String word() {
      return spelled(this);
    }

    /**
     * The other way round.
     *
     * @throws IllegalArgumentException if there is no such attempt
     */
    public static Attempt of(String word) {
      return named(values(), word);
    }
  }

  /** What officers did with somebody whom they had stopped. */
  public enum Action {
    ARRESTED,
    NO_ACTION,
    OTHER;

    /** The word of the contract. */
    public String word() {
      return spelled(this);
    }

    /**
     * The other way round.
     *
     * @throws IllegalArgumentException if there is no such action
     */
    public static Action of(String word) {
      return named(values(), word);
    }
  }

  /**
   * Somebody was stopped.
   *
   * @param minutes for how long, in [0, {@link #MOST_MINUTES}]
   */
  public record Stop(Action action, int minutes) {
    public Stop {
      if (minutes < 0 || minutes > MOST_MINUTES) {
        throw new IllegalArgumentException("a stop lasts 0 to " + MOST_MINUTES + " minutes");
      }
    }
  }

  public Engagement {
    if ((attempt == Attempt.STOPPED) != (stop != null)) {
      throw new IllegalArgumentException(
          "what was done is said of who was stopped, and of no other");
    }
    if (stop == null && result != Outcome.UNRESOLVED) {
      throw new IllegalArgumentException("who it was is known of nobody who was not stopped");
    }
  }

  /** Somebody was stopped. */
  public static Engagement stopped(Outcome result, Action action, int minutes) {
    return new Engagement(Attempt.STOPPED, result, new Stop(action, minutes));
  }

  /** Nobody was stopped. */
  public static Engagement none(Attempt attempt) {
    return new Engagement(attempt, Outcome.UNRESOLVED, null);
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E named(E[] all, String word) {
    return Arrays.stream(all)
        .filter(each -> spelled(each).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no word of an engagement"));
  }
}
