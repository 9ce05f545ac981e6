package org.sightline.edge.record;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.record.AlertWaits.Wait;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * What officers stated became of alerts in the street. Nothing that was stated is changed: a
 * correction stands beside what it corrects, and the last counts. A group is counted and not kept
 * beside its alert. All of an alert is kept as long as the alert; the counts in the record of the
 * deployment stay, and so do the lines in the audit log. Thread-safe.
 */
public final class Engagements {
  private final Database database;
  private final AuditLog audit;
  private final KnownAlerts alerts;
  private final InstantSource clock;

  /**
   * A group, in clear for as long as it takes to count it.
   *
   * @param code null if it could not be read
   * @param digest of what was sealed, by which it is known again
   */
  public record Group(@Nullable String code, String digest) {}

  /**
   * What it corrects.
   *
   * @param of the last statement about the alert
   * @param supervisor whether a supervisor corrects it
   * @param group that was stated there; null if none was
   */
  public record Correction(UUID of, boolean supervisor, @Nullable Group group) {}

  /**
   * What an officer states; who has signed it has been checked.
   *
   * @param group null if none is stated
   * @param correction null unless it corrects an earlier one
   */
  public record Statement(
      UUID id,
      UUID alert,
      Actor by,
      Engagement found,
      @Nullable Group group,
      @Nullable Correction correction) {}

  /** What is kept of a statement. */
  private record Kept(UUID id, Actor by, Engagement found, @Nullable String groupDigest) {
    static Kept of(Row row) {
      Attempt attempt = Attempt.of(row.text("attempt"));
      return new Kept(
          row.uuid("id"),
          new Actor(row.text("actor")),
          attempt == Attempt.STOPPED
              ? Engagement.stopped(
                  Outcome.of(row.text("result")),
                  Action.of(row.text("action")),
                  (int) row.integer("minutes"))
              : Engagement.none(attempt),
          row.textOrNull("group_digest"));
    }
  }

  /**
   * @param alerts that can be engaged
   */
  public Engagements(Database database, AuditLog audit, KnownAlerts alerts, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** From now on these groups may be stated in this deployment. */
  public void allowGroups(DeploymentId deployment, Collection<String> codes) throws StoreException {
    database.write(
        transaction -> {
          for (String code : codes) {
            transaction.update(
                "INSERT OR IGNORE INTO engagement_group (deployment, code) VALUES (?, ?)",
                deployment.value(),
                code);
          }
          return codes.size();
        });
  }

  /** Records a statement; on disk when this returns. */
  public Result record(Statement statement) throws StoreException {
    return database.write(transaction -> record(transaction, statement));
  }

  private Result record(Transaction transaction, Statement statement) throws StoreException {
    Instant now = clock.instant();
    Optional<KnownAlert> known =
        alerts.find(transaction, statement.alert()).filter(found -> found.expires().isAfter(now));
    if (known.isEmpty()) {
      return new Result.Refused(Result.Reason.UNKNOWN_ALERT);
    }
    if (isKept(transaction, statement.id())) {
      return new Result.Recorded(AuditLog.head(transaction));
    }
    if (!isJudged(transaction, statement.alert())) {
      return new Result.Refused(Result.Reason.NOT_JUDGED);
    }
    DeploymentId deployment = known.get().deployment();
    Kept last = last(transaction, statement.alert());
    Optional<Result.Reason> objection = objection(transaction, deployment, statement, last);
    if (objection.isPresent()) {
      audit.append(
          transaction,
          event(AuditKind.ENGAGEMENT_REFUSED, deployment, statement)
              .with("reason", objection.get().word()));
      return new Result.Refused(objection.get());
    }
    EngagementCounts counts = new EngagementCounts(transaction, deployment);
    if (last != null) {
      Correction correction = statement.correction();
      counts.add(last.found(), code(correction == null ? null : correction.group()), -1);
      counts.corrected();
    }
    counts.add(statement.found(), code(statement.group()), 1);
    if (last == null && statement.found().attempt() == Attempt.STOPPED) {
      AlertWaits.count(transaction, statement.alert(), Wait.STOPPED, now);
    }
    insert(transaction, deployment, statement, known.get().expires());
    return new Result.Recorded(
        audit.append(transaction, event(AuditKind.ENGAGEMENT_RECORDED, deployment, statement)));
  }

  private static @Nullable String code(@Nullable Group group) {
    return group == null ? null : group.code();
  }

  private static boolean isKept(Transaction transaction, UUID id) throws StoreException {
    return transaction
        .first("SELECT 1 AS one FROM engagement WHERE id = ?", row -> row.integer("one"), id)
        .isPresent();
  }

  private static boolean isJudged(Transaction transaction, UUID alert) throws StoreException {
    return transaction
        .first(
            "SELECT 1 AS one FROM alert_outcome WHERE alert = ?", row -> row.integer("one"), alert)
        .isPresent();
  }

  /** The statement that counts; null if there is none. */
  private static @Nullable Kept last(Transaction transaction, UUID alert) throws StoreException {
    return transaction
        .first(
            """
            SELECT * FROM engagement AS last WHERE alert = ? AND NOT EXISTS
              (SELECT 1 FROM engagement WHERE alert = last.alert AND corrects = last.id)
            """,
            Kept::of,
            alert)
        .orElse(null);
  }

  private static Optional<Result.Reason> objection(
      Transaction transaction, DeploymentId deployment, Statement statement, @Nullable Kept last)
      throws StoreException {
    Correction correction = statement.correction();
    UUID corrected = correction == null ? null : correction.of();
    if (last == null ? corrected != null : !last.id().equals(corrected)) {
      return Optional.of(Result.Reason.NOT_THE_LAST);
    }
    if (last != null
        && correction != null
        && !correction.supervisor()
        && !statement.by().equals(last.by())) {
      return Optional.of(Result.Reason.NOT_THEIRS);
    }
    boolean taken =
        correction == null
            || (last != null
                && isTheOneOf(last, correction.group())
                && isAllowed(transaction, deployment, correction.group()));
    return taken && isAllowed(transaction, deployment, statement.group())
        ? Optional.empty()
        : Optional.of(Result.Reason.UNKNOWN_GROUP);
  }

  /** Whether it is what was stated with the last one: no other is taken back. */
  private static boolean isTheOneOf(Kept last, @Nullable Group group) {
    return group == null ? last.groupDigest() == null : group.digest().equals(last.groupDigest());
  }

  private static boolean isAllowed(
      Transaction transaction, DeploymentId deployment, @Nullable Group group)
      throws StoreException {
    if (group == null) {
      return true;
    }
    return group.code() != null
        && transaction
            .first(
                "SELECT 1 AS one FROM engagement_group WHERE deployment = ? AND code = ?",
                row -> row.integer("one"),
                deployment.value(),
                group.code())
            .isPresent();
  }

  private static AuditEvent event(AuditKind kind, DeploymentId deployment, Statement statement) {
    AuditEvent event =
        AuditEvent.of(kind, statement.by())
            .with("alert", statement.alert())
            .with("deployment", deployment)
            .with("engagement", statement.id())
            .with("engaged", statement.found().attempt().word())
            .with("result", statement.found().result().word());
    return statement.correction() == null
        ? event
        : event.with("corrects", statement.correction().of());
  }

  private void insert(
      Transaction transaction, DeploymentId deployment, Statement statement, Instant expires)
      throws StoreException {
    Engagement.Stop stop = statement.found().stop();
    transaction.update(
        """
        INSERT INTO engagement
          (id, alert, deployment, corrects, attempt, result, action, minutes, group_digest, actor,
           at_millis, expires_millis)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        statement.id(),
        statement.alert(),
        deployment.value(),
        statement.correction() == null ? null : statement.correction().of(),
        statement.found().attempt().word(),
        statement.found().result().word(),
        stop == null ? null : stop.action().word(),
        stop == null ? null : stop.minutes(),
        statement.group() == null ? null : statement.group().digest(),
        statement.by().value(),
        clock.instant(),
        expires);
  }

  /**
   * Deletes what was stated of alerts whose time is over; the counts stay.
   *
   * @return how many there were
   */
  public static int deleteExpired(Transaction transaction, Instant now) throws StoreException {
    return transaction.update("DELETE FROM engagement WHERE expires_millis <= ?", now);
  }

  /** What became of a statement. */
  public sealed interface Result {
    /** Why it is not taken; nothing has changed but, of an alert that is judged, the audit log. */
    enum Reason {
      UNKNOWN_ALERT,
      NOT_JUDGED,
      NOT_THE_LAST,
      NOT_THEIRS,
      UNKNOWN_GROUP;

      /** As the log spells it. */
      String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }

    /**
     * It counts from now on, or has been recorded before.
     *
     * @param head of the audit log that records it
     */
    record Recorded(AuditHead head) implements Result {}

    record Refused(Reason reason) implements Result {}
  }
}
