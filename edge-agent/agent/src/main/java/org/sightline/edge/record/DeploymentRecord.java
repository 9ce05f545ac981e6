package org.sightline.edge.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the record of a deployment while it runs. The counts are read from the agent every few
 * seconds and at the end, and added to those of earlier runs of the same deployment; a crash loses
 * what was counted since the last reading. One writer at a time for a deployment; thread-safe.
 */
public final class DeploymentRecord implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentRecord.class);
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(5);

  private final Database database;
  private final DeploymentId deployment;
  private final Supplier<DeploymentCounts> sinceStart;
  private final Clock clock;
  private final AuditLog audit;
  private final DeploymentCounts before;
  private final ScheduledExecutorService readings = Threads.scheduler("deployment-record");

  private DeploymentRecord(
      Database database,
      DeploymentId deployment,
      Supplier<DeploymentCounts> sinceStart,
      Clock clock,
      DeploymentCounts before) {
    this.database = database;
    this.deployment = deployment;
    this.sinceStart = sinceStart;
    this.clock = clock;
    this.audit = new AuditLog(clock);
    this.before = before;
  }

  /**
   * Starts the record of a deployment, or continues it.
   *
   * @param threshold that alerts have to reach from now on
   * @param thresholdReason where it comes from, such as "derived for 501 entries"
   * @param sinceStart the counts of this run; called on another thread
   */
  public static DeploymentRecord open(
      Database database,
      DeploymentFacts facts,
      Similarity threshold,
      String thresholdReason,
      Supplier<DeploymentCounts> sinceStart,
      Clock clock)
      throws StoreException {
    Instant now = clock.instant();
    DeploymentCounts before =
        database.write(
            transaction -> {
              transaction.update(
                  """
                  INSERT INTO deployment
                    (id, van, place, gallery_entries, model_pack, software, mean_nearness,
                      usual_nearness, boxes, opened_millis, capture_millis)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                  ON CONFLICT (id) DO UPDATE SET
                    van = excluded.van, place = excluded.place,
                    gallery_entries = excluded.gallery_entries,
                    model_pack = excluded.model_pack, software = excluded.software,
                    mean_nearness = coalesce(mean_nearness, excluded.mean_nearness),
                    usual_nearness = coalesce(usual_nearness, excluded.usual_nearness),
                    boxes = excluded.boxes,
                    closed_millis = NULL
                  """,
                  facts.deployment().value(),
                  facts.van().value(),
                  facts.place().value(),
                  facts.galleryEntries(),
                  facts.modelPack(),
                  facts.software(),
                  facts.nearness() == null ? null : facts.nearness().mean(),
                  facts.nearness() == null ? null : facts.nearness().usual(),
                  facts.boxes(),
                  now);
              return Counter.counts(transaction, facts.deployment());
            });
    DeploymentRecord record =
        new DeploymentRecord(database, facts.deployment(), sinceStart, clock, before);
    record.threshold(threshold, thresholdReason);
    record.startReadings();
    return record;
  }

  // What goes wrong in a reading is logged by the reading itself.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void startReadings() {
    readings.scheduleWithFixedDelay(
        this::flushOrLog,
        BETWEEN_READINGS.toMillis(),
        BETWEEN_READINGS.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Records, also in the audit log, a threshold that holds from now on, if it is another than the
   * one before.
   */
  public void threshold(Similarity threshold, String reason) throws StoreException {
    Instant now = clock.instant();
    database.write(
        transaction -> {
          Optional<Double> last = last(transaction, deployment);
          if (last.isPresent() && last.get() == threshold.cosine()) {
            return 0;
          }
          audit.append(
              transaction,
              AuditEvent.of(AuditKind.THRESHOLD_SET, Actor.AGENT)
                  .with("deployment", deployment)
                  .with("cosine", String.format(Locale.ROOT, "%.4f", threshold.cosine())));
          return transaction.update(
              """
              INSERT INTO deployment_threshold (deployment, at_millis, cosine, reason)
              VALUES (?, ?, ?, ?)
              """,
              deployment.value(),
              now,
              threshold.cosine(),
              reason);
        });
  }

  /** The threshold of a deployment that holds, or held when an agent last ran; empty before. */
  public static Optional<Similarity> thresholdOf(Database database, DeploymentId deployment)
      throws StoreException {
    return database.read(tx -> last(tx, deployment)).map(Similarity::new);
  }

  private static Optional<Double> last(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return transaction.first(
        """
        SELECT cosine FROM deployment_threshold WHERE deployment = ?
        ORDER BY sequence DESC LIMIT 1
        """,
        row -> row.real("cosine"),
        deployment.value());
  }

  /** Writes the counts as they are now. */
  public void flush() throws StoreException {
    database.write(this::writeCounts);
  }

  // Outcomes are not among them: Outcomes counts them, whether or not an agent runs.
  private int writeCounts(Transaction transaction) throws StoreException {
    DeploymentCounts all = before.plus(sinceStart.get());
    write(transaction, Counter.FRAMES, all.frames());
    write(transaction, Counter.FACE_DETECTIONS, all.faceDetections());
    write(transaction, Counter.FACES_SEEN, all.facesSeen());
    for (Map.Entry<String, Long> category : all.alertsByCategory().entrySet()) {
      write(transaction, Counter.ALERTS_IN + category.getKey(), category.getValue());
    }
    return write(transaction, Counter.ALERTS, all.alerts());
  }

  private int write(Transaction transaction, Counter counter, long value) throws StoreException {
    return write(transaction, counter.column(), value);
  }

  private int write(Transaction transaction, String counter, long value) throws StoreException {
    return transaction.update(
        """
        INSERT INTO deployment_count (deployment, counter, value) VALUES (?, ?, ?)
        ON CONFLICT (deployment, counter) DO UPDATE SET value = excluded.value
        """,
        deployment.value(),
        counter,
        value);
  }

  private void flushOrLog() {
    try {
      flush();
    } catch (StoreException | RuntimeException e) {
      LOG.warn("The deployment record is behind: {}", e.getMessage());
    }
  }

  /** Writes the last counts and the time of closing. */
  @Override
  public void close() throws StoreException {
    readings.shutdownNow();
    database.write(
        transaction -> {
          writeCounts(transaction);
          return transaction.update(
              "UPDATE deployment SET closed_millis = ? WHERE id = ?",
              clock.instant(),
              deployment.value());
        });
  }

  /** What is counted, under the name it is stored by. */
  enum Counter {
    FRAMES,
    FACE_DETECTIONS,
    FACES_SEEN,
    ALERTS,
    OUTCOMES_TRUE,
    OUTCOMES_FALSE,
    OUTCOMES_UNRESOLVED,
    OUTCOMES_SIGNED;

    /** What the name of a category follows, under which its alerts are counted. */
    static final String ALERTS_IN = "alerts in ";

    static Counter of(Outcome outcome) {
      return switch (outcome) {
        case TRUE -> OUTCOMES_TRUE;
        case FALSE -> OUTCOMES_FALSE;
        case UNRESOLVED -> OUTCOMES_UNRESOLVED;
      };
    }

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    long read(Transaction transaction, DeploymentId deployment) throws StoreException {
      return transaction
          .first(
              "SELECT value FROM deployment_count WHERE deployment = ? AND counter = ?",
              row -> row.integer("value"),
              deployment.value(),
              column())
          .orElse(0L);
    }

    void increment(Transaction transaction, DeploymentId deployment) throws StoreException {
      transaction.update(
          """
          INSERT INTO deployment_count (deployment, counter, value) VALUES (?, ?, 1)
          ON CONFLICT (deployment, counter) DO UPDATE SET value = value + 1
          """,
          deployment.value(),
          column());
    }

    static DeploymentCounts counts(Transaction transaction, DeploymentId deployment)
        throws StoreException {
      return new DeploymentCounts(
          FRAMES.read(transaction, deployment),
          FACE_DETECTIONS.read(transaction, deployment),
          FACES_SEEN.read(transaction, deployment),
          ALERTS.read(transaction, deployment),
          alertsByCategory(transaction, deployment));
    }

    private static SortedMap<String, Long> alertsByCategory(
        Transaction transaction, DeploymentId deployment) throws StoreException {
      SortedMap<String, Long> alerts = new TreeMap<>();
      transaction
          .query(
              """
              SELECT counter, value FROM deployment_count
              WHERE deployment = ? AND substr(counter, 1, length(?)) = ?
              """,
              row ->
                  Map.entry(
                      row.text("counter").substring(ALERTS_IN.length()), row.integer("value")),
              deployment.value(),
              ALERTS_IN,
              ALERTS_IN)
          .forEach(each -> alerts.put(each.getKey(), each.getValue()));
      return alerts;
    }
  }
}
