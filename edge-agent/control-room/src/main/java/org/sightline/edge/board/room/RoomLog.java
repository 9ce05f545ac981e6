package org.sightline.edge.board.room;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.HourlyRecords;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What officers did at this board, in a log of hash-chained records as a van's: who looked at which
 * alert, claimed it, handed it over, found what, and was refused. Ids and numbers of officers
 * alone. A disk that fails is an error in the program's log and keeps nobody from judging. Not
 * thread-safe: the room's lock guards it.
 */
public final class RoomLog {
  private static final Logger LOG = LoggerFactory.getLogger(RoomLog.class);

  /** So many test alerts of an hour have a record each. */
  static final int MOST_TESTS = 60;

  private final Database database;
  private final AuditLog log;
  private final HourlyRecords tests;
  private final Set<Look> looks = new HashSet<>();

  /** Who has looked at what is recorded once. */
  private record Look(UUID alert, Actor officer) {}

  public RoomLog(Database database, Clock clock) {
    this.database = database;
    this.log = new AuditLog(clock);
    this.tests = new HourlyRecords(MOST_TESTS, clock, this::append);
  }

  void lookedAt(UUID alert, Actor officer) {
    if (looks.add(new Look(alert, officer))) {
      append(AuditEvent.of(AuditKind.ALERT_LOOKED_AT, officer).with("alert", alert));
    }
  }

  /**
   * An alert is an officer's to judge.
   *
   * @param from whose it was; null if it was nobody's
   */
  void claimed(UUID alert, Actor officer, @Nullable Actor from) {
    AuditEvent event = AuditEvent.of(AuditKind.ALERT_CLAIMED, officer).with("alert", alert);
    append(from == null ? event : event.with("from", from.reference()));
  }

  void handedOver(UUID alert, Actor officer, Actor to) {
    append(
        AuditEvent.of(AuditKind.ALERT_HANDED_OVER, officer)
            .with("alert", alert)
            .with("to", to.reference()));
  }

  void released(UUID alert, Actor officer) {
    append(AuditEvent.of(AuditKind.ALERT_RELEASED, officer).with("alert", alert));
  }

  /** What an officer found was taken. */
  void judged(UUID alert, Actor officer, Outcome outcome, Judgement.State state) {
    append(
        AuditEvent.of(AuditKind.OUTCOME_RECORDED, officer)
            .with("alert", alert)
            .with("outcome", outcome.word())
            .with("state", state.word()));
  }

  /** What an officer found was not taken. */
  void refused(UUID alert, Actor officer, Outcome outcome, String reason) {
    append(
        AuditEvent.of(AuditKind.OUTCOME_REFUSED, officer)
            .with("alert", alert)
            .with("outcome", outcome.word())
            .with("reason", reason));
  }

  /** The second desk has confirmed that it has an alert that nobody has claimed at this one. */
  void escalated(UUID alert, String desk) {
    append(
        AuditEvent.of(AuditKind.ALERT_ESCALATED, Actor.AGENT)
            .with("alert", alert)
            .with("desk", desk));
  }

  /** An officer in the street goes to the person of an alert. */
  void taken(UUID alert, Actor officer) {
    append(AuditEvent.of(AuditKind.ALERT_TAKEN, officer).with("alert", alert));
  }

  /** Another officer in the street, at another board, has it after all. */
  void yielded(UUID alert, Actor from, Actor to) {
    append(
        AuditEvent.of(AuditKind.ALERT_RELEASED, Actor.AGENT)
            .with("alert", alert)
            .with("from", from.reference())
            .with("to", to.reference()));
  }

  /** What an officer states became of an alert was taken. */
  void engaged(EngagementMessage statement) {
    AuditEvent event =
        AuditEvent.of(AuditKind.ENGAGEMENT_RECORDED, statement.by())
            .with("alert", statement.alert())
            .with("engagement", statement.id())
            .with("engaged", statement.found().attempt().word())
            .with("result", statement.found().result().word());
    append(
        statement.correction() == null
            ? event
            : event.with("corrects", statement.correction().of()));
  }

  /** What an officer states of it was not taken. */
  void engagementRefused(UUID alert, Actor officer, String reason) {
    append(
        AuditEvent.of(AuditKind.ENGAGEMENT_REFUSED, officer)
            .with("alert", alert)
            .with("reason", reason));
  }

  /** An officer has taken note of so many messages that were refused. */
  void acknowledgedRefusals(Actor officer, int messages) {
    append(AuditEvent.of(AuditKind.REFUSALS_ACKNOWLEDGED, officer).with("messages", messages));
  }

  /** An officer has looked into why the log of a van does not go on. */
  void acknowledgedLog(Actor officer, VanId van) {
    append(AuditEvent.of(AuditKind.VAN_LOG_ACKNOWLEDGED, officer).with("van", van.value()));
  }

  /** An officer tries whether alerts arrive, from so many vans. */
  void tested(Actor officer, int vans) {
    AuditEvent test = AuditEvent.of(AuditKind.TEST_ALERT, officer);
    tests.add(test.with("vans", vans), test);
  }

  /** Once an hour is over, records of each officer how many more test alerts they sent in it. */
  void sweep() {
    tests.sweep();
  }

  /** Records what was counted and has no record yet. */
  public void recordMore() {
    tests.recordMore();
  }

  /** What came of a refused deployment is discarded here. */
  void discarded(VanId van, DeploymentId deployment, int alerts, Sha256 receipt) {
    append(
        AuditEvent.of(AuditKind.DEPLOYMENT_DISCARDED, Actor.AGENT)
            .with("van", van.value())
            .with("deployment", deployment)
            .with("alerts", alerts)
            .with("receipt", receipt));
  }

  /** An alert is gone: nobody looks at it any more. */
  void gone(UUID alert) {
    looks.removeIf(look -> look.alert().equals(alert));
  }

  /** Its newest record. */
  AuditHead head() throws StoreException {
    return database.read(AuditLog::head);
  }

  private void append(AuditEvent event) {
    try {
      database.write(transaction -> log.append(transaction, event));
    } catch (StoreException e) {
      LOG.error("What an officer did is not in the board's log: {}", e.getMessage());
    }
  }
}
