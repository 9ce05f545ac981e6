package org.sightline.edge.record;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.record.AlertWaits.Wait;
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
   *
   * @param twoOfficers whether each needs two officers
   */
  public void requireSigned(DeploymentId deployment, boolean twoOfficers) throws StoreException {
    database.write(
        transaction ->
            transaction.update(
                """
                INSERT INTO signed_outcomes_only (deployment, two_officers) VALUES (?, ?)
                ON CONFLICT (deployment) DO UPDATE
                  SET two_officers = max(two_officers, excluded.two_officers)
                """,
                deployment.value(),
                twoOfficers ? 1 : 0));
  }

  /**
   * Closes an alert by what somebody has typed on the box; on disk when this returns.
   *
   * @param by who judged, as far as is said
   */
  public Result record(UUID alert, Outcome outcome, Actor by) throws StoreException {
    return database.write(
        transaction -> record(transaction, alert, outcome, Way.TYPED, Judges.alone(by)));
  }

  /**
   * Closes an alert by a message of the authorised control room, whose signature has been checked;
   * on disk when this returns.
   *
   * @param waits how long the alert waited there, which is counted and not kept beside the alert
   */
  public Result recordSigned(UUID alert, Outcome outcome, Judges judges, ReportedWaits waits)
      throws StoreException {
    return database.write(
        transaction -> {
          Result result = record(transaction, alert, outcome, Way.SIGNED, judges);
          if (result instanceof Result.Recorded) {
            AlertWaits.count(transaction, alert, waits, clock.instant());
          }
          return result;
        });
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

  /** Whether signed outcomes need two officers; empty if none has to be signed. */
  private static Optional<Boolean> twoOfficers(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return transaction.first(
        "SELECT two_officers FROM signed_outcomes_only WHERE deployment = ?",
        row -> row.integer("two_officers") != 0,
        deployment.value());
  }

  private Result record(
      Transaction transaction, UUID alert, Outcome outcome, Way way, Judges judges)
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
    Optional<Boolean> twoOfficers = twoOfficers(transaction, open.deployment());
    if (way == Way.TYPED && twoOfficers.isPresent()) {
      return new Result.SignedOnly();
    }
    AuditEvent event =
        AuditEvent.of(AuditKind.OUTCOME_RECORDED, judges.by())
            .with("alert", alert)
            .with("deployment", open.deployment())
            .with("outcome", outcome.word())
            .with("way", way.word);
    if ((twoOfficers.orElse(false) || open.twoOfficers()) && !judges.two()) {
      audit.append(transaction, refused(event));
      return new Result.TwoOfficersNeeded();
    }
    transaction.update(
        """
        INSERT INTO alert_outcome (alert, deployment, outcome, actor, at_millis, expires_millis)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        alert,
        open.deployment().value(),
        outcome.word(),
        judges.by().value(),
        now,
        open.expires());
    Counter.of(outcome).increment(transaction, open.deployment());
    AlertWaits.count(transaction, alert, Wait.OUTCOME, now);
    if (way == Way.SIGNED) {
      Counter.OUTCOMES_SIGNED.increment(transaction, open.deployment());
    }
    return new Result.Recorded(audit.append(transaction, with(judges, event)));
  }

  private static AuditEvent refused(AuditEvent event) {
    return new AuditEvent(AuditKind.OUTCOME_REFUSED, event.actor(), event.details())
        .with("reason", "two-officers-needed");
  }

  private static AuditEvent with(Judges judges, AuditEvent event) {
    AuditEvent named = event;
    if (judges.confirmedBy() != null) {
      named = named.with("confirmedBy", judges.confirmedBy().value());
    }
    for (int i = 0; i < judges.disagreed().size(); i++) {
      named = named.with("disagreed" + (i + 1), judges.disagreed().get(i).value());
    }
    return named;
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

    /**
     * The deployment's authorisation, or the policy of the alert's category, demands two officers;
     * the audit log has that it came.
     */
    record TwoOfficersNeeded() implements Result {}

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
