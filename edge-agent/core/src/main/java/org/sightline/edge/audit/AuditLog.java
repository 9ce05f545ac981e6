package org.sightline.edge.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * The log of one data folder. It grows within the transaction of what it records, so that neither
 * is on disk without the other; the tables themselves refuse change and deletion. Thread-safe.
 */
public final class AuditLog {
  private static final int PAGE_RECORDS = 256;

  private final InstantSource clock;

  public AuditLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Appends one record.
   *
   * @return the new head
   */
  public AuditHead append(Transaction transaction, AuditEvent event) throws StoreException {
    AuditRecord next = AuditRecord.following(head(transaction), clock.instant(), event);
    AuditHead head = next.head();
    transaction.update(
        "INSERT INTO audit_record (sequence, line, hash) VALUES (?, ?, ?)",
        next.sequence(),
        next.line(),
        head.hash().hex());
    return head;
  }

  /** The newest record, or {@link AuditHead#START}. */
  public static AuditHead head(Transaction transaction) throws StoreException {
    return transaction
        .first(
            "SELECT sequence, hash FROM audit_record ORDER BY sequence DESC LIMIT 1",
            row -> new AuditHead(row.integer("sequence"), new Sha256(row.text("hash"))))
        .orElse(AuditHead.START);
  }

  /** Which log this is, and its newest record. */
  public static LogPosition position(Transaction transaction) throws StoreException {
    LogInstance instance =
        transaction
            .first("SELECT instance FROM data_folder", row -> new LogInstance(row.text("instance")))
            .orElseThrow();
    return new LogPosition(instance, head(transaction));
  }

  /**
   * Writes the log to a new file, as {@link #export(Database, OutputStream)} does. An existing file
   * is never overwritten; of an export that fails, nothing remains.
   */
  public static void export(Database database, Path file)
      throws StoreException, SightlineException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      boolean whole = false;
      try {
        export(database, out);
        out.flush();
        whole = true;
      } finally {
        if (!whole) {
          Files.deleteIfExists(file);
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the file exists already",
          file.toString(),
          "choose another name, or remove it first",
          e);
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the log cannot be written",
          file.toString(),
          "check the folder and its free space",
          e);
    }
  }

  /**
   * Writes every record, oldest first, as its {@link AuditRecord#line()} and a line feed, and
   * nothing else. Memory does not grow with the log, and others may append meanwhile. The stream
   * stays open.
   */
  public static void export(Database database, OutputStream out)
      throws StoreException, IOException {
    AuditLog.<IOException>forEachLine(
        database,
        line -> {
          out.write(line);
          out.write('\n');
        });
  }

  /**
   * The lines of the newest records, newest first.
   *
   * @param before sequence of the first that is left out; {@link Long#MAX_VALUE} for none
   * @param most how many at most
   */
  public static List<byte[]> newest(Database database, long before, int most)
      throws StoreException {
    return database.query(
        "SELECT line FROM audit_record WHERE sequence < ? ORDER BY sequence DESC LIMIT ?",
        row -> row.bytes("line"),
        before,
        most);
  }

  /** The line of the newest record of a kind; empty if there is none. */
  public static Optional<byte[]> newest(Database database, AuditKind kind) throws StoreException {
    // No value of a record has a quotation mark in it: this is the member and nothing else.
    return database.first(
        "SELECT line FROM audit_record WHERE instr(CAST(line AS TEXT), ?) > 0"
            + " ORDER BY sequence DESC LIMIT 1",
        row -> row.bytes("line"),
        "\"event\":" + new String(CanonicalJson.write(kind), UTF_8));
  }

  /** Hands over every record as its line, oldest first, a page of them in memory at a time. */
  public static <E extends Exception> void forEachLine(Database database, Lines<E> lines)
      throws StoreException, E {
    long last = 0;
    List<Map.Entry<Long, byte[]>> page = page(database, last);
    while (!page.isEmpty()) {
      for (Map.Entry<Long, byte[]> record : page) {
        lines.take(record.getValue());
        last = record.getKey();
      }
      page = page(database, last);
    }
  }

  private static List<Map.Entry<Long, byte[]>> page(Database database, long after)
      throws StoreException {
    return database.query(
        "SELECT sequence, line FROM audit_record WHERE sequence > ? ORDER BY sequence LIMIT ?",
        row -> Map.entry(row.integer("sequence"), row.bytes("line")),
        after,
        PAGE_RECORDS);
  }

  /** Where the lines of a log go. */
  public interface Lines<E extends Exception> {
    void take(byte[] line) throws E;
  }
}
