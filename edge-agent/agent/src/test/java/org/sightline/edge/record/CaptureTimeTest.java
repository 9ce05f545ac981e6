package org.sightline.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.store.Database;

/** Time in which somebody could have been seen, apart from that in which capture was paused. */
class CaptureTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final DeploymentId ID = new DeploymentId("D-7");

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void openARecord() throws Exception {
    database = Database.open(folder);
    record(60).close();
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private DeploymentRecord record(long facesSeen) throws Exception {
    return DeploymentRecord.open(
        database,
        new DeploymentFacts(
            ID, new VanId("van-7"), new Place("High Street"), 5, "builtin", "1.2.3", null),
        new Similarity(0.6),
        "derived",
        () -> new DeploymentCounts(1, 1, facesSeen, 0, new TreeMap<>()),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private CaptureTime read() throws Exception {
    return PublicRecord.read(database, ID).use().time();
  }

  private void captured(Duration time) throws Exception {
    database.write(tx -> CaptureTime.add(tx, ID, time));
  }

  private void paused(int from, @Nullable Integer until) throws Exception {
    database.update(
        """
        INSERT INTO deployment_pause
          (deployment, reason, paused_by, paused_millis, resumed_by, resumed_millis)
        VALUES (?, 'incident', 'officer:1', ?, 'officer:1', ?)
        """,
        ID.value(),
        NOW.plusSeconds(from),
        until == null ? null : NOW.plusSeconds(until));
  }

  @Test
  void facesAreCountedPerHourOfCaptureAndNotOfPause() throws Exception {
    captured(Duration.ofMinutes(20));
    paused(0, 3600);
    captured(Duration.ofMinutes(10));

    assertThat(read().captureSeconds()).isEqualTo(1800);
    assertThat(read().pausedSeconds()).isEqualTo(3600);
    assertThat(read().facesPerHour()).isEqualTo(120);
  }

  @Test
  void everyPauseIsThereWithItsReason() throws Exception {
    paused(0, 60);
    paused(100, null);

    assertThat(read().pauses())
        .containsExactly(
            new CaptureTime.Pause(NOW, NOW.plusSeconds(60), "incident"),
            new CaptureTime.Pause(NOW.plusSeconds(100), null, "incident"));
    assertThat(read().pausedSeconds()).isEqualTo(60);
  }

  @Test
  void aPauseEndsWithItsDeployment() throws Exception {
    paused(0, null);
    database.update(
        """
        INSERT INTO deployment_life
          (deployment, state, authorisation_digest, list_digest, list_version, entries,
           ends_millis, list_expires_millis, since_millis, end_reason, ended_by, ended_millis)
        VALUES (?, 'ended', 'a', 'b', 1, 5, 0, 0, 0, 'closed', 'agent', ?)
        """,
        ID.value(),
        NOW.plusSeconds(90));

    assertThat(read().pauses().get(0).until()).isEqualTo(NOW.plusSeconds(90));
    assertThat(read().pausedSeconds()).isEqualTo(90);
  }

  @Test
  void noRateIsStatedOfNoCapture() throws Exception {
    assertThat(read().captureSeconds()).isZero();
    assertThat(read().facesPerHour()).isNull();
  }

  @Test
  void ofADeploymentThatBeganBeforeItWasKeptItIsNotKnown() throws Exception {
    database.update("UPDATE deployment SET capture_millis = NULL");
    captured(Duration.ofMinutes(10));

    assertThat(read().captureSeconds()).isNull();
    assertThat(read().facesPerHour()).isNull();
  }
}
