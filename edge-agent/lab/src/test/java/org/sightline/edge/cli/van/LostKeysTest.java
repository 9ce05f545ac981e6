package org.sightline.edge.cli.van;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.TestClips;

/** A box whose keys nothing opens any more: its list is lost, and it works again as another. */
class LostKeysTest {
  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");
  private static final byte[] ALERT = "what the alert holds".getBytes(UTF_8);

  @TempDir private Path folder;
  private Exercise before;
  private Path settings;
  private String cameras;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void loseTheKeysOfAnOpenDeployment() throws Exception {
    before = Exercise.ofNobody(folder.resolve("before"));
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    cameras = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
    settings = before.opened(NOBODY, cameras);
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      Instant now = Instant.now();
      Outbox outbox = new Outbox(box.database(), box.keys().storage());
      box.database()
          .write(
              tx ->
                  outbox.enqueue(
                      tx,
                      new KnownAlert(UUID.randomUUID(), Exercise.DEPLOYMENT, now, true),
                      new CameraId("mast-1"),
                      ALERT,
                      now));
    }
    Files.delete(before.folder().resolve("device.key"));
  }

  private int sightline(String... arguments) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** Another device, by its keys and what is authorised for it, on the data that is here. */
  private Path renewed() throws Exception {
    Exercise after = Exercise.ofNobody(folder.resolve("after"), new DeploymentId("exercise-2"));
    Path file = after.settings(NOBODY, cameras);
    return Files.writeString(
        file, Files.readString(file).replace("data: data", "data: " + before.data()));
  }

  @Test
  void theListIsDestroyedWithoutThemAndIsNotOpenedByNewOnes() throws Exception {
    sightline("deployment", "close", "--by", "1234", "--config", settings.toString());

    assertThat(before.data().resolve("lists")).isEmptyDirectory();
    Path after = renewed();
    assertThat(sightline("deployment", "tidy", "--config", after.toString())).as(err + "").isZero();
    try (Device box = Device.open(AgentSettings.read(after), Clock.systemUTC())) {
      assertThat(box.deployments().all())
          .singleElement()
          .satisfies(each -> assertThat(each.state()).isEqualTo(DeploymentState.DESTROYED));
    }
  }

  @Test
  void theBoxWorksAgainAsAnotherDevice() throws Exception {
    sightline("deployment", "close", "--by", "1234", "--config", settings.toString());
    AgentSettings after = AgentSettings.read(renewed());

    Exercise.open(after);

    try (Device box = Device.open(after, Clock.systemUTC())) {
      assertThat(box.requireAuthority(false).deployment())
          .isEqualTo(new DeploymentId("exercise-2"));
    }
  }
}
