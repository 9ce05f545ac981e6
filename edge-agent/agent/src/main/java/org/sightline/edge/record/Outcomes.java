package org.sightline.edge.record;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.record.DeploymentRecord.Counter;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * What people found alerts to be. An alert is open until its outcome is recorded, and has one
 * outcome. That of an alert is kept as long as the alert; its count in the record of the deployment
 * stays, and so does its line in the audit log. Works whether or not an agent runs. Thread-safe.
 */
public final class Outcomes {
  private final Database database;
  private final AuditLog audit;
  private final KnownAlerts alerts;
  private final InstantSource clock;

  /**
   * @param alerts that can have an outcome
   */
  public Outcomes(Database database, AuditLog audit, KnownAlerts alerts, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.alerts = alerts;
    this.clock = clock;
  }

  /**
   * From now on only outcomes that a control room has signed count for this deployment, whether or
   * not an agent runs.
   */
  public void requireSigned(DeploymentId deployment) throws StoreException {
    database.write(
        transaction ->
            transaction.update(
                "INSERT INTO signed_outcomes_only (deployment) VALUES (?) ON CONFLICT DO NOTHING",
                deployment.value()));
  }

  /**
   * Closes an alert by what somebody has typed on the box; on disk when this returns.
   *
   * @param by who judged, as far as is said
   */
  public Result record(UUID alert, Outcome outcome, Actor by) throws StoreException {
    return database.write(transaction -> record(transaction, alert, outcome, Way.TYPED, by, null));
  }

  /**
   * Closes an alert by a message of the authorised control room, whose signature has been checked;
   * on disk when this returns.
   *
   * @param by who judged
   * @param confirmedBy who agreed, where two have to
   */
  public Result recordSigned(UUID alert, Outcome outcome, Actor by, @Nullable Actor confirmedBy)
      throws StoreException {
    return database.write(
        transaction -> record(transaction, alert, outcome, Way.SIGNED, by, confirmedBy));
  }

  /** How an outcome arrived, as the audit log records it. */
  private enum Way {
    SIGNED("signed"),
    TYPED("typed");

    private final String word;

    Way(String word) {
      this.word = word;
    }
  }

  private static boolean signedOnly(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return transaction
        .first(
            "SELECT deployment FROM signed_outcomes_only WHERE deployment = ?",
            row -> row.text("deployment"),
            deployment.value())
        .isPresent();
  }

  private Result record(
      Transaction transaction,
      UUID alert,
      Outcome outcome,
      Way way,
      Actor by,
      @Nullable Actor confirmedBy)
      throws StoreException {
    Instant now = clock.instant();
    Optional<KnownAlert> known =
        alerts.find(transaction, alert).filter(found -> found.expires().isAfter(now));
    if (known.isEmpty()) {
      return new Result.UnknownAlert();
    }
    Optional<Outcome> before =
        transaction.first(
            "SELECT outcome FROM alert_outcome WHERE alert = ?",
            row -> Outcome.of(row.text("outcome")),
            alert);
    if (before.isPresent()) {
      return new Result.AlreadyRecorded(before.get(), AuditLog.head(transaction));
    }
    KnownAlert open = known.get();
    if (way == Way.TYPED && signedOnly(transaction, open.deployment())) {
      return new Result.SignedOnly();
    }
    transaction.update(
        """
        INSERT INTO alert_outcome (alert, deployment, outcome, actor, at_millis, expires_millis)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        alert,
        open.deployment().value(),
        outcome.word(),
        by.value(),
        now,
        open.expires());
    Counter.of(outcome).increment(transaction, open.deployment());
    if (way == Way.SIGNED) {
      Counter.OUTCOMES_SIGNED.increment(transaction, open.deployment());
    }
    AuditEvent event =
        AuditEvent.of(AuditKind.OUTCOME_RECORDED, by)
            .with("alert", alert)
            .with("deployment", open.deployment())
            .with("outcome", outcome.word())
            .with("way", way.word);
    return new Result.Recorded(
        audit.append(
            transaction,
            confirmedBy == null ? event : event.with("confirmedBy", confirmedBy.value())));
  }

  /**
   * Deletes the outcomes of alerts whose time is over; their counts stay.
   *
   * @return how many there were
   */
  public static int deleteExpired(Transaction transaction, Instant now) throws StoreException {
    return transaction.update("DELETE FROM alert_outcome WHERE expires_millis <= ?", now);
  }

  /** What became of an outcome. */
  public sealed interface Result {
    /**
     * It is the outcome of the alert from now on.
     *
     * @param head of the audit log that records it
     */
    record Recorded(AuditHead head) implements Result {}

    /** The deployment's authorisation names a control room; nothing has changed. */
    record SignedOnly() implements Result {}

    /** There is no such alert here, or its time is over. */
    record UnknownAlert() implements Result {}

    /**
     * The alert was closed before; nothing has changed.
     *
     * @param outcome that it has
     * @param head of the audit log that records it
     */
    record AlreadyRecorded(Outcome outcome, AuditHead head) implements Result {}
  }
}
