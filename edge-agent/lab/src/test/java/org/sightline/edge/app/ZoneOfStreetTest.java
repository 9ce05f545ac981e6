package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SampleCameras;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three drawn people walk by, two of them listed, in the left, the right and the middle of the
 * view: the whole agent, with a zone in which the first of them walks alone, and the truth.
 */
class ZoneOfStreetTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Zone LEFT = SampleCameras.box(0, 0, 0.485, 1);
  private static final double WIDTH = 960;
  private static final double HEIGHT = 540;

  @TempDir private static Path folder;

  private static final List<String> RAISED = new ArrayList<>();
  private static PipelineCounters.Snapshot counted;
  private static PublicRecord record;
  private static Path settingsFile;

  /** By the truth, whose faces are within the zone, in how many frames, and who is outside. */
  private static final Set<String> WITHIN = new TreeSet<>();

  private static final Set<String> OUTSIDE = new TreeSet<>();
  private static int facesWithin;

  @BeforeAll
  static void threePeopleWalkBy() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    readTruth(street.clip().resolveSibling("truth.json"));
    Exercise exercise = Exercise.in(folder.resolve("exercise"), pack, street.enrol(pack));
    exercise
        .permission()
        .cameras(SampleCameras.within(LEFT, SampleCameras.recorded("mast-1")))
        .write();
    try (LoopbackBroker broker = Mosquitto.open()) {
      broker.start();
      // Somebody has to hear the alert, or the agent waits for it at its end.
      BrokerTap controlRoom = BrokerTap.on(broker);
      settingsFile = exercise.opened(broker.uri(), street.settings());
      AgentSettings settings = AgentSettings.read(settingsFile);
      try (Agent agent = Agent.start(settings, Clock.systemUTC(), new Raised(), () -> {})) {
        assertThat(agent.awaitEnd(SOON)).isTrue();
        counted = agent.counters();
      }
      controlRoom.close();
      try (Device box = Device.open(settings, Clock.systemUTC())) {
        record = PublicRecord.read(box.database(), Exercise.DEPLOYMENT);
      }
    }
  }

  private static void readTruth(Path file) {
    for (JsonNode frame : JsonMapper.shared().readTree(file).required("frames")) {
      for (JsonNode face : frame.required("faces")) {
        double x = (number(face, "x") + number(face, "width") / 2) / WIDTH;
        double y = (number(face, "y") + number(face, "height") / 2) / HEIGHT;
        boolean within = LEFT.contains(x, y);
        facesWithin += within ? 1 : 0;
        (within ? WITHIN : OUTSIDE).add(face.required("person").asString());
      }
    }
  }

  private static double number(JsonNode face, String name) {
    return face.required(name).doubleValue();
  }

  /** Keeps who raised an alert. */
  private static final class Raised implements AgentObserver {
    @Override
    public void raised(Alert alert, Duration streamTime) {
      RAISED.add(alert.match().subject().value());
    }

    @Override
    public void published(Publication publication) {}
  }

  @Test
  void inTruthOneWalksWithinTheZoneAndTwoOutside() {
    assertThat(WITHIN).containsExactly("P-0001");
    assertThat(OUTSIDE).containsExactly("P-0002", "P-0003");
  }

  @Test
  void whoWalksOutsideRaisesNoAlertThoughListed() {
    assertThat(RAISED).containsExactly("S-0001");
  }

  @Test
  void whoWalksOutsideIsNeitherAFaceNorAPass() {
    assertThat(counted.passes()).isEqualTo(1);
    assertThat(counted.faces().detected()).isBetween(1L, (long) facesWithin);
  }

  @Test
  void whoWalksOutsideIsNotInTheRecord() {
    assertThat(record.counts().facesSeen()).isEqualTo(1);
    assertThat(record.counts().faceDetections()).isEqualTo(counted.faces().detected());
    assertThat(record.counts().alerts()).isEqualTo(1);
  }

  @Test
  void theStatusOfTheDeploymentSaysWhichCameraHasAZone() {
    StringWriter out = new StringWriter();
    Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(out, true),
        "deployment",
        "status",
        "--config",
        settingsFile.toString());

    assertThat(out.toString())
        .contains(
            "permits        camera mast-1, recorded, within a zone of 4 corners: 48.5 % of its"
                + " view");
  }

  @Test
  void anAgentWhoseSettingsLackACameraWithAZoneDoesNotStart(@TempDir Path other) throws Exception {
    Exercise exercise = Exercise.ofNobody(other);
    exercise
        .permission()
        .cameras(
            SampleCameras.recorded("mast-1"),
            SampleCameras.within(LEFT, SampleCameras.recorded("mast-2")))
        .write();
    AgentSettings settings =
        AgentSettings.read(
            exercise.opened(
                URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: none.mp4}]"));

    SightlineException refused =
        catchThrowableOfType(
            SightlineException.class,
            () -> Agent.start(settings, Clock.systemUTC(), AgentObserver.NONE, () -> {}));

    assertThat(refused.kind()).isEqualTo(ErrorKind.REFUSED);
    assertThat(refused)
        .hasMessageContainingAll("a zone for a camera that the settings do not have", "mast-2");
  }
}
