package org.sightline.edge.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable queue between a decided alert and the broker: look, publish, acknowledge.
 *
 * <pre>
 *   enqueue ──▶ waiting ──acknowledge──▶ published ──retention over──▶ gone
 *                  └────────retention over, counted──────────────────▶ gone
 * </pre>
 *
 * <p>What is guaranteed (docs/outbox.md says why):
 *
 * <ul>
 *   <li><b>Durable</b>: when the transaction of {@link #enqueue} has been committed, the event is
 *       on disk (fsync).
 *   <li><b>At least once</b>: an event is removed only by {@link #acknowledge}, or when its
 *       retention ends, which is counted. Looking at it changes nothing, so a process that dies
 *       between publishing and acknowledging publishes it again, under the same id.
 *   <li><b>Once per id</b>: an id that was enqueued is not taken again until its retention ends.
 *   <li><b>In order</b>: {@link #next} goes through the events in the order of enqueueing, hence
 *       through those of one camera too.
 *   <li><b>Unreadable at rest</b>: payloads are sealed, bound to their id. From acknowledgement on
 *       only id, deployment, camera, times and SHA-256 of the payload remain.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Stands in the place of the camera of a test alert. */
  private static final CameraId NO_CAMERA = new CameraId("none");

  private final Database database;
  private final Sealer sealer;

  /**
   * @param sealer of the device's storage, the same one over restarts
   */
  public Outbox(Database database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  /** Whom its alerts are about. */
  public AlertSubjects subjects() {
    return new AlertSubjects(sealer);
  }

  /**
   * Takes an event into the queue, within the transaction of what else is recorded of it.
   *
   * @param alert what stays known of it without a key
   * @return false if the id had been taken before, in which case nothing changes
   * @throws StoreException if it could not be stored; the transaction has to be given up
   */
  public boolean enqueue(
      Transaction transaction, KnownAlert alert, CameraId camera, byte[] payload, Instant created)
      throws StoreException {
    byte[] sealed = sealer.seal(payload, associatedData(alert.id()));
    return transaction.update(
            """
            INSERT INTO outbox_event
              (id, deployment, camera, sealed, digest, created_millis, expires_millis, two_officers)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            alert.id(),
            alert.deployment().value(),
            camera.value(),
            sealed,
            Sha256.of(payload).hex(),
            created,
            alert.expires(),
            alert.twoOfficers() ? 1 : 0)
        == 1;
  }

  /**
   * Takes a test alert into the queue. It is no alert: it is known to nobody who asks for one, and
   * counted nowhere.
   *
   * @throws StoreException if it could not be stored, or the id had been taken before
   */
  public void enqueueTest(
      Transaction transaction, UUID id, byte[] payload, Instant created, Instant expires)
      throws StoreException {
    transaction.update(
        """
        INSERT INTO outbox_event
          (id, camera, sealed, digest, created_millis, expires_millis, test)
        VALUES (?, ?, ?, ?, ?, ?, 1)
        """,
        id,
        NO_CAMERA.value(),
        sealer.seal(payload, associatedData(id)),
        Sha256.of(payload).hex(),
        created,
        expires);
  }

  /** Whether an id was taken, and is not gone yet. */
  public static boolean holds(Transaction transaction, UUID id) throws StoreException {
    return transaction
        .first("SELECT 1 FROM outbox_event WHERE id = ?", row -> true, id)
        .isPresent();
  }

  /** What is known of an alert, published or waiting; empty once it is gone. Needs no key. */
  public static Optional<KnownAlert> find(Transaction transaction, UUID id) throws StoreException {
    return transaction.first(
        """
        SELECT deployment, expires_millis, two_officers FROM outbox_event
        WHERE id = ? AND deployment IS NOT NULL
        """,
        row ->
            new KnownAlert(
                id,
                new DeploymentId(row.text("deployment")),
                row.instant("expires_millis"),
                row.integer("two_officers") != 0),
        id);
  }

  /** The first waiting event behind a place in the order; 0 is before all. It stays where it is. */
  public Optional<OutboxEvent> next(long afterSequence) throws StoreException {
    return database.first(
        """
        SELECT sequence, id, camera, created_millis, expires_millis, test FROM outbox_event
        WHERE sealed IS NOT NULL AND sequence > ? ORDER BY sequence LIMIT 1
        """,
        Outbox::event,
        afterSequence);
  }

  /**
   * The payload of a waiting event.
   *
   * @throws OutboxException if it no longer waits, was changed on disk, or was sealed with another
   *     key
   */
  public byte[] payload(OutboxEvent event) throws StoreException, OutboxException {
    byte[] sealed =
        database
            .first(
                "SELECT sealed FROM outbox_event WHERE id = ? AND sealed IS NOT NULL",
                row -> row.bytes("sealed"),
                event.id())
            .orElseThrow(
                () ->
                    new OutboxException(
                        "the event no longer waits",
                        event.id().toString(),
                        "nothing needs to be done",
                        null));
    try {
      return sealer.open(sealed, associatedData(event.id()));
    } catch (CryptoException e) {
      throw new OutboxException(
          "a waiting event cannot be opened",
          event.id().toString(),
          "restore the device's keys; the event is kept until its retention ends",
          e);
    }
  }

  /**
   * Marks an event as published and deletes its payload. Doing so again changes nothing.
   *
   * @return whether it had been waiting
   */
  public boolean acknowledge(UUID id, Instant published) throws StoreException {
    return database.write(
        transaction -> {
          int acknowledged =
              transaction.update(
                  """
                  UPDATE outbox_event SET sealed = NULL, published_millis = ?
                  WHERE id = ? AND sealed IS NOT NULL
                  """,
                  published,
                  id);
          transaction.update(
              """
              UPDATE outbox_tally SET events = events + ? WHERE fate = 'published'
                AND NOT EXISTS (SELECT 1 FROM outbox_event WHERE id = ? AND test = 1)
              """,
              acknowledged,
              id);
          return acknowledged == 1;
        });
  }

  /**
   * Deletes everything whose retention has ended. Those that had not been published are counted in
   * {@link #tally()}. Needs no key.
   *
   * @return how many alerts there were, published or not
   */
  public static int deleteExpired(Transaction transaction, Instant now) throws StoreException {
    AlertSubjects.deleteExpired(transaction, now);
    transaction.update("DELETE FROM outbox_event WHERE expires_millis <= ? AND test = 1", now);
    int unpublished =
        transaction.update(
            "DELETE FROM outbox_event WHERE expires_millis <= ? AND sealed IS NOT NULL", now);
    if (unpublished > 0) {
      LOG.warn("{} alerts expired before the broker accepted them", unpublished);
      transaction.update(
          "UPDATE outbox_tally SET events = events + ? WHERE fate = 'expired'", unpublished);
    }
    return unpublished
        + transaction.update("DELETE FROM outbox_event WHERE expires_millis <= ?", now);
  }

  /** Takes the payloads of acknowledged events out of the write-ahead log too. */
  public void purge() throws StoreException {
    database.purge();
  }

  /** Alerts that are still to be published: what waits and has not expired. Needs no key. */
  public static WaitingAlerts waiting(Transaction transaction, Instant now) throws StoreException {
    return transaction
        .first(
            """
            SELECT COUNT(*) AS waiting, MAX(expires_millis) AS last FROM outbox_event
            WHERE sealed IS NOT NULL AND expires_millis > ? AND test = 0
            """,
            row -> new WaitingAlerts((int) row.integer("waiting"), row.instantOrNull("last")),
            now)
        .orElseThrow();
  }

  /** How the alerts in the queue stand now. */
  public OutboxTally tally() throws StoreException {
    return database
        .first(
            """
            SELECT
              (SELECT COUNT(*) FROM outbox_event WHERE sealed IS NOT NULL AND test = 0)
                AS waiting,
              (SELECT MIN(created_millis) FROM outbox_event WHERE sealed IS NOT NULL AND test = 0)
                AS oldest,
              (SELECT events FROM outbox_tally WHERE fate = 'published') AS published,
              (SELECT events FROM outbox_tally WHERE fate = 'expired') AS expired
            """,
            row ->
                new OutboxTally(
                    (int) row.integer("waiting"),
                    row.instantOrNull("oldest"),
                    row.integer("published"),
                    row.integer("expired")))
        .orElseThrow();
  }

  private static OutboxEvent event(Row row) {
    return new OutboxEvent(
        row.integer("sequence"),
        row.uuid("id"),
        new CameraId(row.text("camera")),
        row.instant("created_millis"),
        row.instant("expires_millis"),
        row.integer("test") != 0);
  }

  private static byte[] associatedData(UUID id) {
    return ("outbox:" + id).getBytes(StandardCharsets.UTF_8);
  }
}
