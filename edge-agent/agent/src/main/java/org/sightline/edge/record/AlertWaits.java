package org.sightline.edge.record;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * How long alerts of a deployment waited until something was done about them: how many waited so
 * many tenths of a second. Numbers alone, which stay when the alerts go. Times are of this device's
 * clock, but for what a board states.
 */
public final class AlertWaits {
  /** In what an alert's waits are counted; more would say no more of a deployment. */
  private static final Duration STEP = Duration.ofMillis(100);

  /**
   * By how much a board may take an alert for older than it is: it knows only how many whole
   * seconds of the message's expiry were left.
   */
  private static final Duration BOARD_ERROR = Duration.ofSeconds(2);

  private static final String NOT_PLAUSIBLE = "waits not plausible";

  private AlertWaits() {}

  /** What an alert waited for. */
  enum Wait {
    /** Until the broker had it. */
    PUBLISHED,
    /** From its sending until somebody in the control room looked at it. */
    SEEN,
    /** From its sending until somebody in the control room claimed it. */
    CLAIMED,
    /** Until this device had its outcome. */
    OUTCOME,
    /** Until this device had the first statement about it, if that was of somebody stopped. */
    STOPPED;

    /** What the counts of it are stored under, before the number of steps. */
    String prefix() {
      return "waits " + name().toLowerCase(Locale.ROOT) + " ";
    }
  }

  /** When an alert was raised, and in which deployment. */
  private record Raised(DeploymentId deployment, Instant at) {
    static Optional<Raised> find(Transaction transaction, UUID alert) throws StoreException {
      return transaction.first(
          "SELECT deployment, created_millis FROM outbox_event"
              + " WHERE id = ? AND deployment IS NOT NULL",
          row ->
              new Raised(new DeploymentId(row.text("deployment")), row.instant("created_millis")),
          alert);
    }
  }

  /** What an alert waited for is there now. */
  static void count(Transaction transaction, UUID alert, Wait wait, Instant now)
      throws StoreException {
    Optional<Raised> raised = Raised.find(transaction, alert);
    if (raised.isPresent()) {
      add(
          transaction,
          raised.get().deployment(),
          wait,
          Duration.between(raised.get().at(), now),
          1);
    }
  }

  /**
   * Counts what a board states of an alert whose outcome is there now. What cannot be, as it began
   * before the alert or ended after its outcome, is counted as such and no more.
   */
  static void count(Transaction transaction, UUID alert, ReportedWaits stated, Instant now)
      throws StoreException {
    Optional<Raised> raised = Raised.find(transaction, alert);
    if (raised.isPresent()) {
      Duration longest = Duration.between(raised.get().at(), now);
      count(transaction, raised.get().deployment(), Wait.SEEN, stated.seen(), longest);
      count(transaction, raised.get().deployment(), Wait.CLAIMED, stated.claimed(), longest);
    }
  }

  private static void count(
      Transaction transaction,
      DeploymentId deployment,
      Wait wait,
      @Nullable Duration stated,
      Duration longest)
      throws StoreException {
    if (stated == null) {
      return;
    }
    if (stated.isNegative() || stated.compareTo(longest.plus(BOARD_ERROR)) > 0) {
      add(transaction, deployment, NOT_PLAUSIBLE, 1);
    } else {
      add(transaction, deployment, wait, stated.compareTo(longest) > 0 ? longest : stated, 1);
    }
  }

  /**
   * Counts for good how long it took to publish the alerts that are about to be deleted; of those
   * that are kept it is known as long as they are.
   */
  public static void keepOfExpired(Transaction transaction, Instant now) throws StoreException {
    for (Published each :
        transaction.query(
            """
            SELECT deployment, created_millis, published_millis FROM outbox_event
            WHERE expires_millis <= ? AND published_millis IS NOT NULL AND deployment IS NOT NULL
            """,
            row ->
                new Published(
                    new DeploymentId(row.text("deployment")),
                    Duration.between(
                        row.instant("created_millis"), row.instant("published_millis"))),
            now)) {
      add(transaction, each.deployment(), Wait.PUBLISHED, each.after(), 1);
    }
  }

  private record Published(DeploymentId deployment, Duration after) {}

  private static void add(
      Transaction transaction, DeploymentId deployment, Wait wait, Duration waited, long alerts)
      throws StoreException {
    add(transaction, deployment, wait.prefix() + steps(waited), alerts);
  }

  private static void add(
      Transaction transaction, DeploymentId deployment, String counter, long alerts)
      throws StoreException {
    transaction.update(
        """
        INSERT INTO deployment_count (deployment, counter, value) VALUES (?, ?, ?)
        ON CONFLICT (deployment, counter) DO UPDATE SET value = value + excluded.value
        """,
        deployment.value(),
        counter,
        alerts);
  }

  /** Rounded up; a clock that was set back makes no wait negative. */
  private static long steps(Duration waited) {
    return Math.max(0, (waited.toMillis() + STEP.toMillis() - 1) / STEP.toMillis());
  }

  /** All waits of one kind, in any order. */
  static List<Duration> read(Transaction transaction, DeploymentId deployment, Wait wait)
      throws StoreException {
    List<Duration> waits = new ArrayList<>();
    String prefix = wait.prefix();
    for (Kept kept :
        transaction.query(
            """
            SELECT counter, value FROM deployment_count
            WHERE deployment = ? AND substr(counter, 1, length(?)) = ?
            """,
            row ->
                new Kept(
                    Long.parseLong(row.text("counter").substring(prefix.length())),
                    row.integer("value")),
            deployment.value(),
            prefix,
            prefix)) {
      for (long i = 0; i < kept.alerts(); i++) {
        waits.add(STEP.multipliedBy(kept.steps()));
      }
    }
    if (wait == Wait.PUBLISHED) {
      waits.addAll(
          transaction.query(
              """
              SELECT created_millis, published_millis FROM outbox_event
              WHERE deployment = ? AND published_millis IS NOT NULL
              """,
              row ->
                  STEP.multipliedBy(
                      steps(
                          Duration.between(
                              row.instant("created_millis"), row.instant("published_millis")))),
              deployment.value()));
    }
    return waits;
  }

  private record Kept(long steps, long alerts) {}

  /** How many waits a board stated that cannot be. */
  static long notPlausible(Transaction transaction, DeploymentId deployment) throws StoreException {
    return transaction
        .first(
            "SELECT value FROM deployment_count WHERE deployment = ? AND counter = ?",
            row -> row.integer("value"),
            deployment.value(),
            NOT_PLAUSIBLE)
        .orElse(0L);
  }
}
