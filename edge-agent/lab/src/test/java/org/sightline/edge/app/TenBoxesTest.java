package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ten agents on one broker, under one authorisation and with one list: one deployment. */
class TenBoxesTest {
  private static final int BOXES = 10;
  private static final Duration SOON = Duration.ofMinutes(2);

  /** Of the boxes the first and each fourth after it see the street, the others nobody. */
  private static final int ONE_OF = 4;

  private static final int SEEING = 3;

  /** In the street, as they were drawn: two of the three are listed. */
  private static final int WALKING_BY = 3;

  private static final int ALERTS = SEEING * GeneratedStreet.LISTED.size();

  @TempDir private Path folder;

  @Test
  void whatTenBoxesCountIsMergedWithEachFaceAndEachAlertOnce() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    List<Exercise> boxes = Exercise.ofBoxes(BOXES, folder, pack, street.enrol(pack));
    Path nobody = TestClips.of(320, 240, 5).h264(folder.resolve("nobody.mp4"), 5);
    List<Path> settings = new ArrayList<>();
    try (LoopbackBroker broker = Mosquitto.open()) {
      broker.start();
      for (int i = 0; i < BOXES; i++) {
        Path clip = i % ONE_OF == 0 ? street.clip() : nobody;
        settings.add(
            boxes
                .get(i)
                .opened(
                    broker.uri(),
                    "smallestFacePx: " + GeneratedStreet.SMALLEST_FACE_PX,
                    "cameras: [{id: mast-1, source: \"%s\", pace: fastest}]".formatted(clip)));
      }
      try (BrokerTap tap = BrokerTap.on(broker)) {
        List<Agent> agents = new ArrayList<>();
        try {
          for (Path file : settings) {
            agents.add(
                Agent.start(
                    AgentSettings.read(file), Clock.systemUTC(), AgentObserver.NONE, () -> {}));
          }
          for (Agent agent : agents) {
            assertThat(agent.awaitEnd(SOON)).isTrue();
          }
          await().atMost(SOON).until(() -> alerts(tap).size() >= ALERTS);
        } finally {
          for (Agent agent : agents) {
            agent.close();
          }
        }
        assertThat(alerts(tap)).hasSize(ALERTS);
        for (int i = 0; i < BOXES; i++) {
          assertThat(Collections.frequency(alerts(tap).values(), boxes.get(i).van()))
              .isEqualTo(i % ONE_OF == 0 ? GeneratedStreet.LISTED.size() : 0);
        }
      }
    }

    JsonNode merged = merged(boxes, settings);

    assertThat(merged.required("authorised").required("boxes").asInt()).isEqualTo(BOXES);
    JsonNode counts = merged.required("total").required("counts");
    assertThat(counts.required("facesSeen").asInt()).isEqualTo(SEEING * WALKING_BY);
    assertThat(counts.required("alerts").asInt()).isEqualTo(ALERTS);
  }

  /** As a control room has them, by their ids: of one that comes twice, one. */
  private static Map<UUID, VanId> alerts(BrokerTap tap) throws Exception {
    Map<UUID, VanId> alerts = new HashMap<>();
    for (BrokerTap.Heard heard : tap.all()) {
      if (heard.topic().endsWith("/alerts")) {
        ReceivedAlert alert = ReceivedAlert.parse(heard.content());
        alerts.put(alert.id(), alert.origin().van());
      }
    }
    return alerts;
  }

  private JsonNode merged(List<Exercise> boxes, List<Path> settings) throws Exception {
    List<Object> merge = new ArrayList<>(List.of("records", "merge", "--json"));
    for (int i = 0; i < BOXES; i++) {
      Path identity = boxes.get(i).folder().resolve("device.identity");
      Path record = boxes.get(i).folder().resolve("signed.record");
      boxes.get(i).identity().writeTo(identity);
      run("deployment", "close", "--config", settings.get(i), "--by", "4711");
      run(
          "deployment",
          "sign-record",
          "--config",
          settings.get(i),
          "--deployment",
          Exercise.DEPLOYMENT,
          "--out",
          record);
      merge.addAll(List.of(record, "--device", identity));
    }
    merge.addAll(List.of("--out", folder.resolve("merged")));
    return JsonMapper.shared().readTree(run(merge.toArray()));
  }

  private static String run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Sightline.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            List.of(args).stream().map(Object::toString).toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    return out.toString();
  }
}
