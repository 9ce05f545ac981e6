package org.sightline.edge.board.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.statistics.Waits;

/**
 * How a shift has gone, as far as its alerts are still known. Immutable.
 *
 * @param alerts that arrived in it
 * @param seen how long they waited until somebody looked
 * @param claimed how long until somebody claimed them, of those that somebody did
 * @param judged how long until their outcome
 * @param outcomes how many have which
 */
public record Shift(
    int alerts, Waits seen, Waits claimed, Waits judged, Map<Outcome, Integer> outcomes) {
  /** The length of a long one. */
  public static final Duration LENGTH = Duration.ofHours(12);

  /**
   * That which ends now.
   *
   * @param claims when alerts were claimed first
   */
  static Shift upTo(Instant now, Collection<OpenAlert> known, Map<UUID, Instant> claims) {
    return of(
        known.stream()
            .filter(alert -> alert.content() != null && alert.sent().isAfter(now.minus(LENGTH)))
            .toList(),
        claims);
  }

  /** That of some alerts whose content is known, whenever they were. */
  static Shift of(List<OpenAlert> alerts, Map<UUID, Instant> claims) {
    List<Duration> seen = new ArrayList<>();
    List<Duration> claimed = new ArrayList<>();
    List<Duration> judged = new ArrayList<>();
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (OpenAlert alert : alerts) {
      add(seen, alert, alert.seen() == null ? null : alert.seen().at());
      add(claimed, alert, claims.get(alert.id()));
      Judgement judgement = alert.judgement();
      if (judgement.state() == Judgement.State.CLOSED) {
        add(judged, alert, judgement.at());
        outcomes.merge(judgement.findings().get(0).outcome(), 1, Integer::sum);
      }
    }
    return new Shift(
        alerts.size(), Waits.of(seen), Waits.of(claimed), Waits.of(judged), Map.copyOf(outcomes));
  }

  /**
   * How long a judged alert waited, for its van.
   *
   * @param claim when it was claimed first; null if it was not
   */
  static ReportedWaits waits(OpenAlert alert, @Nullable Instant claim) {
    return new ReportedWaits(
        wait(alert, alert.seen() == null ? null : alert.seen().at()), wait(alert, claim));
  }

  private static void add(List<Duration> waits, OpenAlert alert, @Nullable Instant at) {
    Duration wait = wait(alert, at);
    if (wait != null) {
      waits.add(wait);
    }
  }

  /** The clock of another board, which may be behind, makes no wait negative. */
  private static @Nullable Duration wait(OpenAlert alert, @Nullable Instant at) {
    if (at == null) {
      return null;
    }
    Duration wait = Duration.between(alert.sent(), at);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** A line for the log. */
  String line() {
    return "In the last %d h %d alerts: looked at %s, claimed %s, judged %s"
        .formatted(LENGTH.toHours(), alerts, words(seen), words(claimed), words(judged));
  }

  private static String words(Waits waits) {
    return waits.median() == null || waits.p95() == null
        ? "none"
        : "%d (after %d s, 95 of 100 within %d s)"
            .formatted(waits.count(), waits.median().toSeconds(), waits.p95().toSeconds());
  }
}
