package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.deployment.EndReason;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.testing.Exercise;

class DeploymentTidyCommandTest {
  @TempDir private Path folder;
  private Exercise exercise;
  private Path settings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openADeployment() throws Exception {
    exercise = Exercise.ofNobody(folder);
    settings =
        exercise.opened(URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: a, source: a.mp4}]");
  }

  private int tidy() {
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        "deployment",
        "tidy",
        "--config",
        settings.toString());
  }

  private Device box(Clock wall) throws Exception {
    return Device.open(AgentSettings.read(settings), wall);
  }

  private DeploymentStatus status() throws Exception {
    try (Device box = box(Clock.systemUTC())) {
      return box.deployments().all().get(0);
    }
  }

  private void keepAnExpiredAlert() throws Exception {
    Instant now = Instant.now();
    DeploymentId deployment = status().deployment();
    try (Device box = box(Clock.systemUTC())) {
      Outbox outbox = new Outbox(box.database(), box.keys().storage());
      box.database()
          .write(
              tx ->
                  outbox.enqueue(
                      tx,
                      new KnownAlert(UUID.randomUUID(), deployment, now, false),
                      new CameraId("a"),
                      new byte[100],
                      now));
    }
  }

  private void close() throws Exception {
    try (Device box = box(Clock.systemUTC())) {
      box.deployments().close(Actor.officer("1234"));
    }
  }

  @Test
  void anOpenDeploymentStays() throws Exception {
    assertThat(tidy()).isZero();
    assertThat(status().state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void aDeploymentWhoseEndHasComeIsEndedAndItsListDestroyed() throws Exception {
    try (Device box = box(Clock.offset(Clock.systemUTC(), Duration.ofDays(1)))) {
      box.clock().remember();
    }

    assertThat(tidy()).isZero();

    assertThat(status().state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(status().end().reason()).isEqualTo(EndReason.END_REACHED);
    assertThat(exercise.list()).doesNotExist();
  }

  @Test
  void aDestructionThatWasInterruptedIsFinished() throws Exception {
    close();

    assertThat(tidy()).isZero();

    assertThat(status().state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void whatHasExpiredIsDeletedAndTheReceiptPrinted() throws Exception {
    keepAnExpiredAlert();

    assertThat(tidy()).isZero();

    assertThat(out.toString().strip()).hasLineCount(1).contains("alerts: 1 deleted");
  }

  @Test
  void aDeletionThatFailsIsANoAndTheListIsDestroyedAllTheSame() throws Exception {
    keepAnExpiredAlert();
    close();
    try (Device box = box(Clock.systemUTC())) {
      box.database()
          .update(
              "CREATE TRIGGER fault BEFORE DELETE ON outbox_event BEGIN SELECT RAISE(ABORT, 'x');"
                  + " END");
    }

    assertThat(tidy()).isEqualTo(Sightline.EXIT_NO);

    assertThat(status().state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void aRunningAgentIsLeftAlone() throws Exception {
    close();
    DataFolderLock agent = DataFolderLock.take(exercise.data(), Duration.ZERO);
    try (agent) {
      assertThat(tidy()).isZero();
      assertThat(out.toString())
          .isEqualToIgnoringNewLines("an agent is running and does this itself");
      assertThat(err.toString()).isEmpty();
      assertThat(status().state()).isEqualTo(DeploymentState.ENDED);
    }
  }

  @Test
  void anythingElseThatIsWrongIsUnusableInput() throws Exception {
    exercise.settings(URI.create("mqtt://127.0.0.1:1"), "cameras: []");

    assertThat(tidy()).isEqualTo(Sightline.EXIT_UNUSABLE);
  }
}
