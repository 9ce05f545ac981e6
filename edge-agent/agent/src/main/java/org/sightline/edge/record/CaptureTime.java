package org.sightline.edge.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * For how long cameras were open, and when capture was paused: apart, so that what is counted an
 * hour is counted per hour in which somebody could have been seen. The rest of a deployment's time
 * is neither: before its start, and while no agent ran.
 *
 * @param captureSeconds with cameras open; null of a deployment that began with a version which did
 *     not keep it. A crash loses up to a few seconds
 * @param pausedSeconds of the pauses that are over
 * @param pauses oldest first
 * @param facesPerHour of capture; null where no time of it is known
 */
public record CaptureTime(
    @Nullable Long captureSeconds,
    long pausedSeconds,
    List<Pause> pauses,
    @Nullable Double facesPerHour) {
  private static final double HOUR_MILLIS = 3_600_000;

  /**
   * An interruption.
   *
   * @param until when it was resumed, or the deployment ended; null while it lasts
   * @param reason a word
   */
  public record Pause(Instant since, @Nullable Instant until, String reason) {}

  public CaptureTime {
    pauses = List.copyOf(pauses);
  }

  /** Adds some in which cameras were open. */
  public static int add(Transaction transaction, DeploymentId deployment, Duration time)
      throws StoreException {
    return transaction.update(
        "UPDATE deployment SET capture_millis = capture_millis + ? WHERE id = ?",
        time.toMillis(),
        deployment.value());
  }

  static CaptureTime read(Transaction transaction, DeploymentId deployment, long facesSeen)
      throws StoreException {
    Optional<Long> known =
        transaction.first(
            "SELECT capture_millis FROM deployment WHERE id = ? AND capture_millis IS NOT NULL",
            row -> row.integer("capture_millis"),
            deployment.value());
    List<Pause> pauses =
        transaction.query(
            """
            SELECT paused_millis, reason,
              coalesce(resumed_millis,
                (SELECT ended_millis FROM deployment_life
                 WHERE deployment_life.deployment = deployment_pause.deployment)) AS until_millis
            FROM deployment_pause WHERE deployment = ? ORDER BY sequence
            """,
            row ->
                new Pause(
                    row.instant("paused_millis"),
                    row.instantOrNull("until_millis"),
                    row.text("reason")),
            deployment.value());
    Duration paused = Duration.ZERO;
    for (Pause pause : pauses) {
      if (pause.until() != null) {
        Duration lasted = Duration.between(pause.since(), pause.until());
        paused = paused.plus(lasted.isNegative() ? Duration.ZERO : lasted);
      }
    }
    long millis = known.orElse(0L);
    return new CaptureTime(
        known.map(each -> each / 1000).orElse(null),
        paused.toSeconds(),
        pauses,
        millis == 0 ? null : Math.round(10 * facesSeen * HOUR_MILLIS / millis) / 10.0);
  }
}
