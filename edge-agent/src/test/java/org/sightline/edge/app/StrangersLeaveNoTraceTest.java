package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.fieldtest.LoopbackBroker;
import org.sightline.edge.inference.InstalledPack;
import org.sightline.edge.inference.ModelPacks;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.testing.AgentProcess;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.PictureSearch;
import org.sightline.edge.testing.TestClips;

/**
 * Two listed people and a stranger have walked by: what lies in the agent's files, and what went
 * over the broker.
 */
class StrangersLeaveNoTraceTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ALERTS = "sightline/v1/van-1/alerts";
  private static final String STATUS = "sightline/v1/van-1/status";

  @TempDir private static Path folder;
  private static LoopbackBroker broker;
  private static BrokerTap tap;
  private static Exercise exercise;
  private static List<Path> picturesWhileAlertsWaited;
  private static String said;

  @BeforeAll
  static void threePeopleWalkBy() throws Exception {
    broker = Mosquitto.open();
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    exercise = Exercise.in(folder.resolve("exercise"), pack, street.enrol(pack));
    Path nobody = TestClips.of(320, 240, 25).h264(folder.resolve("nobody.mp4"), 25);
    Path settings =
        exercise.opened(
            broker.uri(),
            street.settings("  - {id: mast-2, source: \"%s\", loop: true}".formatted(nobody)));
    // The broker is away at first, so that alerts lie on disk for a while.
    try (AgentProcess agent = AgentProcess.run(settings)) {
      exercise.awaitWaiting(2);
      picturesWhileAlertsWaited = PictureSearch.under(exercise.folder());
      broker.start();
      tap = BrokerTap.on(broker);
      await().atMost(SOON).until(() -> tap.on(ALERTS).size() >= 2);
      exercise.awaitWaiting(0);
      agent.terminate();
      agent.exitCode();
      said = agent.said();
    }
    await().atMost(SOON).until(() -> tap.on(STATUS).size() >= 2);
  }

  @AfterAll
  static void close() throws Exception {
    if (tap != null) {
      tap.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static ReceivedAlert alert(BrokerTap.Heard message) throws Exception {
    return ReceivedAlert.parse(message.text().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noFileHoldsAPictureInTheOpen() throws Exception {
    assertThat(picturesWhileAlertsWaited).isEmpty();
    assertThat(PictureSearch.under(exercise.folder())).isEmpty();
  }

  @Test
  void aPictureInTheOpenWouldBeFound() throws Exception {
    Path control = Files.createDirectory(folder.resolve("control"));
    BrokerTap.Heard message = tap.on(ALERTS).get(0);
    Path coded = Files.writeString(control.resolve("message"), message.text());
    byte[] probe = alert(message).probe().bytes();
    byte[] amid = new byte[probe.length + 100];
    System.arraycopy(probe, 0, amid, 50, probe.length);
    Path plain = Files.write(control.resolve("plain"), amid);
    assertThat(PictureSearch.under(control)).containsExactlyInAnyOrder(coded, plain);
  }

  @Test
  void theBrokerHeardOfNobodyButTheTwoWhoRaisedAlerts() throws Exception {
    List<Object> subjects = new ArrayList<>();
    for (BrokerTap.Heard message : tap.on(ALERTS)) {
      subjects.add(alert(message).subject());
    }
    assertThat(subjects).containsExactlyInAnyOrderElementsOf(GeneratedStreet.LISTED);
    assertThat(tap.topics()).containsExactly(ALERTS, STATUS);
  }

  @Test
  void theStatusSaysNothingAboutAnybody() {
    assertThat(tap.on(STATUS))
        .allSatisfy(
            message ->
                assertThat(message.text())
                    .hasSizeLessThan(400)
                    .doesNotContain("S-0001", "S-0002", "subject", "face"));
  }

  @Test
  void theLogNamesNobody() {
    assertThat(said).doesNotContain("S-0001", "S-0002");
  }
}
