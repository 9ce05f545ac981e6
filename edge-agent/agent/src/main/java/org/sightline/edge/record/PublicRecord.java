package org.sightline.edge.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.record.DeploymentRecord.Counter;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.walk.WalkFigures;

/**
 * What is made public of a deployment: numbers, versions, times.
 *
 * @param thresholds every threshold that held, oldest first
 * @param signedOutcomes how many of the outcomes a control room has signed; the others were typed
 *     on the box
 */
public record PublicRecord(
    @JsonUnwrapped Use use,
    @JsonUnwrapped Search search,
    List<Threshold> thresholds,
    DeploymentCounts counts,
    Outcomes outcomes,
    long signedOutcomes,
    @JsonUnwrapped FalseAlerts falseAlerts,
    @JsonUnwrapped Afterwards afterwards) {

  /**
   * What was done about the alerts.
   *
   * @param street what became of them in the street; null if nobody has stated anything
   * @param waits how long they waited; null if nothing is known of that
   * @param walks how often control entries were recognised, about whom there are no alerts; null if
   *     the list has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Afterwards(
      @Nullable EngagementFigures street,
      @Nullable WaitFigures waits,
      @Nullable WalkFigures walks) {}

  /** What became of the alerts in the street; null if nobody has stated anything. */
  public @Nullable EngagementFigures street() {
    return afterwards.street();
  }

  /** How long the alerts waited; null if nothing is known of that. */
  public @Nullable WaitFigures waits() {
    return afterwards.waits();
  }

  /** How often control entries were recognised; null if the list has none. */
  public @Nullable WalkFigures walks() {
    return afterwards.walks();
  }

  /**
   * Which deployment it was.
   *
   * @param authorised by what it may be; null of a deployment that no list came for, and of one
   *     that began with a version which did not keep it
   * @param opened when an agent first ran, and last stopped
   * @param ended null where the data file does not keep whether it ended
   * @param time how much of it there was capture, and when it was paused
   * @param urgent null unless its authorisation is urgent
   */
  public record Use(
      String deployment,
      String van,
      String place,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Authorised authorised,
      @JsonUnwrapped Opened opened,
      @JsonUnwrapped @Nullable Ended ended,
      CaptureTime time,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Urgent urgent) {}

  /**
   * When an agent ran in it. A stop is not its end: an agent may start again until then.
   *
   * @param closedAt when an agent last stopped; null while one runs, and after a crash
   */
  public record Opened(Instant openedAt, @Nullable Instant closedAt) {}

  /**
   * Whether the deployment is over, for ever.
   *
   * @param endedAt null while it is not
   */
  public record Ended(@Nullable Instant endedAt) {
    private static @Nullable Ended of(Row row) {
      return row.textOrNull("state") == null ? null : new Ended(row.instantOrNull("ended_millis"));
    }
  }

  /**
   * That one authority signed the authorisation alone, because it could not wait.
   *
   * @param reason as the authority put it
   * @param lapses when it lapses, or would have, if no second authority confirms it
   * @param confirmedAt null if nobody has
   * @param lapsed whether the deployment ended because of that
   */
  public record Urgent(
      String reason, Instant lapses, @Nullable Instant confirmedAt, boolean lapsed) {
    private static @Nullable Urgent of(Row row) {
      String reason = row.textOrNull("reason");
      return reason == null
          ? null
          : new Urgent(
              reason,
              row.instant("urgent_lapses_millis"),
              row.instantOrNull("confirmed_millis"),
              row.integer("lapsed") != 0);
    }

    /** The same in one line. */
    public String line() {
      return confirmedAt != null
          ? "confirmed by a second authority at " + confirmedAt
          : lapsed
              ? "lapsed at " + lapses + ": no second authority had confirmed it"
              : "confirmed by no second authority; would lapse at " + lapses;
    }
  }

  /**
   * By what a deployment may be: the same for every device of it.
   *
   * @param authorisation digest of its document
   * @param list digest of the bundle
   * @param boxes how many devices the authorisation names
   */
  public record Authorised(String authorisation, String list, int boxes) {}

  /**
   * What searched which list.
   *
   * @param galleryEntries of the list that was imported
   * @param entriesWithdrawn of them, how many an authority took off it since
   * @param subjectRises how often the threshold of one subject was raised for the rest of it
   * @param nearness how much the people on it resemble each other; null of a list too short for it
   */
  public record Search(
      String software,
      String modelPack,
      int galleryEntries,
      int entriesWithdrawn,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SubjectRise> subjectRises,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ListNearness nearness) {}

  /**
   * The rates.
   *
   * @param falseAlertsPerFaceSeen null when that cannot be said: no face was seen, or no alert has
   *     an outcome yet
   * @param falseAlertsPerAlert of the alerts that have an outcome; null when there are none
   */
  public record FalseAlerts(
      @Nullable Proportion falseAlertsPerFaceSeen, @Nullable Proportion falseAlertsPerAlert) {
    static FalseAlerts of(DeploymentCounts counts, Outcomes outcomes) {
      long facesSeen = counts.facesSeen();
      boolean sayable = facesSeen > 0 && (counts.alerts() == 0 || outcomes.adjudicated() > 0);
      return new FalseAlerts(
          // One face seen may raise an alert for each of several subjects; it is one face all the
          // same.
          sayable ? Proportion.of(Math.min(outcomes.wrong(), facesSeen), facesSeen) : null,
          outcomes.adjudicated() > 0
              ? Proportion.of(outcomes.wrong(), outcomes.adjudicated())
              : null);
    }
  }

  /**
   * That the threshold of one subject was raised, because an alert about them was false. Neither
   * whose nor when is published: of few alerts that would say more than the counts.
   *
   * @param by in cosine
   * @param alerts that it was raised by so much after
   */
  public record SubjectRise(double by, long alerts) {}

  /** A threshold, as a cosine, and since when it held. */
  public record Threshold(Instant since, double cosine, String reason) {}

  /**
   * What became of the alerts.
   *
   * @param correct found to be the listed subject ("true")
   * @param wrong found to be somebody else ("false")
   * @param unresolved could not be found out
   * @param open without an outcome
   */
  public record Outcomes(long correct, long wrong, long unresolved, long open) {
    /** How many alerts have an outcome. */
    public long adjudicated() {
      return correct + wrong + unresolved;
    }

    /** The same of so many alerts. */
    Outcomes of(long alerts) {
      return new Outcomes(correct, wrong, unresolved, alerts - adjudicated());
    }
  }

  /**
   * The record as it stands.
   *
   * @throws SightlineException if the data file knows no such deployment
   */
  public static PublicRecord read(Database database, DeploymentId deployment)
      throws StoreException, SightlineException {
    List<PublicRecord> found =
        database.read(
            transaction -> {
              Outcomes outcomes = outcomes(transaction, deployment);
              DeploymentCounts counts =
                  Counter.counts(transaction, deployment).withAlerts(outcomes.adjudicated());
              Outcomes all = outcomes.of(counts.alerts());
              long signed = Counter.OUTCOMES_SIGNED.read(transaction, deployment);
              List<Threshold> thresholds = thresholds(transaction, deployment);
              List<SubjectRise> rises = rises(transaction, deployment);
              CaptureTime time = CaptureTime.read(transaction, deployment, counts.facesSeen());
              EngagementFigures street =
                  EngagementFigures.read(
                      transaction, deployment, mayChange(transaction, deployment));
              Afterwards afterwards =
                  new Afterwards(
                      street,
                      WaitFigures.read(transaction, deployment),
                      WalkFigures.read(transaction, deployment));
              return transaction.query(
                  """
                  SELECT deployment.*, deployment_life.authorisation_digest,
                    deployment_life.list_digest, ifnull(boxes, 0) AS box_count,
                    ifnull((SELECT entries FROM withdrawn_entries
                            WHERE withdrawn_entries.deployment = deployment.id), 0) AS withdrawn,
                    reason, urgent_authorisation.lapses_millis AS urgent_lapses_millis,
                    confirmed_millis, ifnull(end_reason = 'lapsed', 0) AS lapsed, state, ended_millis
                  FROM deployment
                    LEFT JOIN urgent_authorisation ON urgent_authorisation.deployment = id
                    LEFT JOIN deployment_life ON deployment_life.deployment = id
                  WHERE id = ?
                  """,
                  row -> of(row, time, rises, thresholds, counts, all, signed, afterwards),
                  deployment.value());
            });
    if (found.isEmpty() && isRefused(database, deployment)) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "the deployment's urgent authorisation was refused, and all that came of it is discarded",
          deployment.value(),
          "see its receipt: sightline deployment receipt");
    }
    if (found.isEmpty()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "no record of such a deployment",
          deployment.value(),
          "known here: "
              + database.query(
                  "SELECT id FROM deployment ORDER BY opened_millis", row -> row.text("id")));
    }
    return found.get(0);
  }

  private static boolean isRefused(Database database, DeploymentId deployment)
      throws StoreException {
    return database
        .first(
            "SELECT 1 FROM refused_deployment WHERE deployment = ?", row -> 1, deployment.value())
        .isPresent();
  }

  /** Whether something may still be stated: also after the end, of an alert that is not over. */
  private static boolean mayChange(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return !transaction
        .query(
            """
            SELECT 1 AS one FROM deployment WHERE id = ? AND (NOT EXISTS (
                SELECT 1 FROM deployment_life
                WHERE deployment_life.deployment = id AND ended_millis IS NOT NULL)
              OR EXISTS (SELECT 1 FROM outbox_event WHERE outbox_event.deployment = deployment.id))
            """,
            row -> row.integer("one"),
            deployment.value())
        .isEmpty();
  }

  private static Outcomes outcomes(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return new Outcomes(
        Counter.OUTCOMES_TRUE.read(transaction, deployment),
        Counter.OUTCOMES_FALSE.read(transaction, deployment),
        Counter.OUTCOMES_UNRESOLVED.read(transaction, deployment),
        0);
  }

  private static List<Threshold> thresholds(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return transaction.query(
        """
        SELECT at_millis, cosine, reason FROM deployment_threshold
        WHERE deployment = ? ORDER BY sequence
        """,
        row -> new Threshold(row.instant("at_millis"), row.real("cosine"), row.text("reason")),
        deployment.value());
  }

  private static List<SubjectRise> rises(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return transaction.query(
        """
        SELECT rise, COUNT(*) AS alerts FROM subject_rise WHERE deployment = ? AND rise > 0
        GROUP BY rise ORDER BY rise
        """,
        row -> new SubjectRise(row.real("rise"), row.integer("alerts")),
        deployment.value());
  }

  private static PublicRecord of(
      Row row,
      CaptureTime time,
      List<SubjectRise> rises,
      List<Threshold> thresholds,
      DeploymentCounts counts,
      Outcomes outcomes,
      long signedOutcomes,
      Afterwards afterwards) {
    return new PublicRecord(
        new Use(
            row.text("id"),
            row.text("van"),
            row.text("place"),
            authorised(row),
            new Opened(row.instant("opened_millis"), row.instantOrNull("closed_millis")),
            Ended.of(row),
            time,
            Urgent.of(row)),
        new Search(
            row.text("software"),
            row.text("model_pack"),
            (int) row.integer("gallery_entries"),
            (int) row.integer("withdrawn"),
            rises,
            nearness(row)),
        thresholds,
        counts,
        outcomes,
        signedOutcomes,
        FalseAlerts.of(counts, outcomes),
        afterwards);
  }

  private static @Nullable Authorised authorised(Row row) {
    String authorisation = row.textOrNull("authorisation_digest");
    String list = row.textOrNull("list_digest");
    int boxes = (int) row.integer("box_count");
    return authorisation == null || list == null || boxes == 0
        ? null
        : new Authorised(authorisation, list, boxes);
  }

  private static @Nullable ListNearness nearness(Row row) {
    Double mean = row.realOrNull("mean_nearness");
    Double usual = row.realOrNull("usual_nearness");
    return mean == null || usual == null ? null : new ListNearness(mean, usual);
  }
}
