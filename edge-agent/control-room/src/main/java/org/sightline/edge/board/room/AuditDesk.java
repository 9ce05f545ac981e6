package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.audit.AuditVerifier;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * What somebody does who looks into the board's log. Each act is in the log itself before its
 * result is handed over: one that cannot be recorded is not done. Thread-safe.
 */
public final class AuditDesk {
  /** Records that are handed over at a time. */
  public static final int PAGE = 100;

  private final Database database;
  private final AuditLog log;

  public AuditDesk(Database database, Clock clock) {
    this.database = database;
    this.log = new AuditLog(clock);
  }

  /** What is kept in the same transaction as its record: neither is without the other. */
  public interface Kept {
    void keep(Transaction transaction) throws StoreException;
  }

  private void record(AuditEvent event) throws StoreException {
    record(event, transaction -> {});
  }

  private void record(AuditEvent event, Kept kept) throws StoreException {
    database.write(
        transaction -> {
          kept.keep(transaction);
          return log.append(transaction, event);
        });
  }

  /**
   * Records as their lines, newest first; that they were read is the newest.
   *
   * @param before sequence of the first that is left out; {@link Long#MAX_VALUE} for none
   */
  public List<String> records(Actor auditor, long before) throws StoreException {
    AuditEvent read = AuditEvent.of(AuditKind.LOG_READ, auditor);
    record(before == Long.MAX_VALUE ? read : read.with("before", before));
    return AuditLog.newest(database, before, PAGE).stream()
        .map(line -> new String(line, UTF_8))
        .toList();
  }

  /**
   * Verifies the whole log, as it stands when this begins or later.
   *
   * @param kept heads that somebody has kept elsewhere
   */
  public AuditVerdict verify(Actor auditor, List<AuditHead> kept) throws StoreException {
    AuditVerdict verdict = new AuditVerifier(kept).verify(database);
    AuditEvent verified = AuditEvent.of(AuditKind.LOG_VERIFIED, auditor).with("heads", kept.size());
    record(
        verdict instanceof AuditVerdict.Intact intact
            ? verified.with("verdict", "intact").with("head", intact.head().toString())
            : verified.with("verdict", "broken"));
    return verdict;
  }

  /** The record of the verification before, as its line; empty if there was none. */
  public Optional<String> lastVerified() throws StoreException {
    return AuditLog.newest(database, AuditKind.LOG_VERIFIED).map(line -> new String(line, UTF_8));
  }

  /**
   * Somebody takes a copy of something.
   *
   * @param what a word
   */
  public void exports(Actor officer, String what) throws StoreException {
    record(AuditEvent.of(AuditKind.DATA_EXPORTED, officer).with("what", what));
  }

  /** Somebody reads the figures. */
  public void readsFigures(Actor auditor) throws StoreException {
    record(AuditEvent.of(AuditKind.FIGURES_READ, auditor));
  }

  /** Writes every record, oldest first, a line each, as {@code audit verify} reads them. */
  public void export(OutputStream out) throws StoreException, IOException {
    AuditLog.export(database, out);
  }

  /** Hands over every record as its line, oldest first. */
  public <E extends Exception> void forEachLine(AuditLog.Lines<E> lines) throws StoreException, E {
    AuditLog.forEachLine(database, lines);
  }

  /** An officer wrote the sheet for the next shift, with this SHA-256. */
  public void wroteSheet(Actor officer, String sheet, Kept kept) throws StoreException {
    record(AuditEvent.of(AuditKind.HAND_OVER_WRITTEN, officer).with("sheet", sheet), kept);
  }

  /** An officer takes the shift over from the one who wrote the sheet. */
  public void takesOver(Actor officer, Actor from, String sheet, Kept kept) throws StoreException {
    record(
        AuditEvent.of(AuditKind.SHIFT_TAKEN_OVER, officer)
            .with("from", from.reference())
            .with("sheet", sheet),
        kept);
  }
}
