package org.sightline.edge.web.login;

import java.time.Clock;
import java.util.Locale;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.HourlyRecords;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who logged in and out, in the audit log of the machine that serves the page, which is never
 * deleted: of logins that failed, the first of an hour one by one, and of each officer how many
 * more there were, so that guessing fills no disk and hides nobody who was guessed at. A disk that
 * fails keeps nobody from logging in. Thread-safe.
 */
public final class LoginLog implements LoginRecord {
  private static final Logger LOG = LoggerFactory.getLogger(LoginLog.class);

  /** So many failed logins of an hour have a record each. */
  public static final int MOST_FAILED = 60;

  private final Database database;
  private final AuditLog log;
  private final HourlyRecords failed;

  /**
   * @param clock that never goes back
   */
  public LoginLog(Database database, Clock clock) {
    this.database = database;
    this.log = new AuditLog(clock);
    this.failed = new HourlyRecords(MOST_FAILED, clock, this::append);
  }

  /**
   * The page is served from now on.
   *
   * @param kind what began with it; all sessions of before are over
   */
  public void started(AuditKind kind) {
    append(AuditEvent.of(kind, Actor.AGENT));
  }

  @Override
  public void loggedIn(String officer, Role role) {
    append(
        AuditEvent.of(AuditKind.LOGGED_IN, Actor.officer(officer))
            .with("role", role.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void ended(String officer, End end) {
    append(AuditEvent.of(AuditKind.LOGGED_OUT, Actor.officer(officer)).with("reason", end.word()));
  }

  @Override
  public void failed(String officer) {
    // It is not known to have been that officer, who is no actor of it.
    failed(AuditEvent.of(AuditKind.LOGIN_FAILED, Actor.AGENT).with("as", officer));
  }

  @Override
  public void failed() {
    failed(AuditEvent.of(AuditKind.LOGIN_FAILED, Actor.AGENT));
  }

  @Override
  public void refused(String officer) {
    failed(
        AuditEvent.of(AuditKind.LOGIN_FAILED, Actor.officer(officer))
            .with("reason", "sessions-full"));
  }

  private void failed(AuditEvent event) {
    failed.add(event, event);
  }

  /** Once an hour is over, records of each officer how many more logins failed in it. */
  public void sweep() {
    failed.sweep();
  }

  /** Records what was counted and has no record yet. */
  public void recordMore() {
    failed.recordMore();
  }

  private void append(AuditEvent event) {
    try {
      database.write(transaction -> log.append(transaction, event));
    } catch (StoreException e) {
      LOG.error("Who logged in or out is not in the audit log: {}", e.getMessage());
    }
  }
}
