package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.mqtt.AlertSubscriber;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.RtspServer;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;

/** A woman who walks up to a real camera over and over, and a camera that dies in between. */
class AgentOverRtspTest {
  private static final SubjectRef SHE = new SubjectRef("S-0001");
  private static final int FRAMES_OF_A_LOOP = 41;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder;
  private final List<ReceivedAlert> received = new CopyOnWriteArrayList<>();

  @Test
  void aDeadCameraComesBackAndNoPassRaisesTwoAlerts() throws Exception {
    Path clips = SharedFiles.data().resolve("intel");
    InstalledPack pack = RetailPack.installedIn(folder.resolve("models"));
    WatchlistEntry she =
        Exercise.enrol(
            pack,
            SHE,
            ClipStills.every(
                4, clips.resolve("head-pose-face-detection-female.gif"), folder.resolve("she")));
    Exercise exercise = Exercise.in(folder.resolve("exercise"), pack, List.of(she));
    try (LoopbackBroker broker = Mosquitto.open();
        RtspServer camera =
            RtspServer.start(
                TestClips.h264(
                    clips.resolve("face-demographics-walking-and-pause.gif"),
                    folder.resolve("walking.mp4"),
                    15))) {
      broker.start();
      AgentSettings settings =
          AgentSettings.read(
              exercise.opened(
                  broker.uri(),
                  "cameras: [{id: mast-1, source: \"%s\"}]".formatted(camera.address())));
      try (AlertSubscriber subscriber =
              AlertSubscriber.start(
                  BrokerSettings.plain(broker.uri()),
                  Exercise.VAN,
                  VanIdentities.NONE,
                  received::add);
          BrokerTap tap = BrokerTap.on(broker);
          Agent agent = Agent.start(settings, Clock.systemUTC(), AgentObserver.NONE, () -> {})) {
        assertThat(subscriber.awaitSubscribed(SOON)).isTrue();
        await().atMost(SOON).until(() -> !received.isEmpty());
        awaitLoops(agent, 2);
        long memoryBefore = Pointer.physicalBytes();

        camera.kill();
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(tap.on("sightline/v1/" + Exercise.VAN + "/status"))
                        .last()
                        .satisfies(
                            status ->
                                assertThat(status.text())
                                    .contains(
                                        "\"cameras\":[{\"id\":\"mast-1\",\"alarms\":[\"camera-without-frames\"]}]",
                                        "\"figures\":{\"cameras\":[{\"id\":\"mast-1\",\"framesPerSecond\":")));
        long framesBefore = agent.counters().frames().read();
        camera.restart();
        await().atMost(SOON).until(() -> agent.counters().frames().read() > framesBefore);

        awaitLoops(agent, 3);
        // A frame of the clip, left behind each time, would be far more.
        assertThat(Pointer.physicalBytes() - memoryBefore).isLessThan(100 * MEGABYTE);
        assertThat(received).extracting(alert -> alert.match().subject()).containsOnly(SHE);
        assertThat((long) received.size()).isLessThanOrEqualTo(loops(agent));
        assertThat(subscriber.repetitions()).isZero();
      }
    }
  }

  private static void awaitLoops(Agent agent, int loops) {
    long until = agent.counters().frames().read() + (long) loops * FRAMES_OF_A_LOOP;
    await().atMost(SOON).until(() -> agent.counters().frames().read() >= until);
  }

  /** How often the clip has begun. */
  private static long loops(Agent agent) {
    return agent.counters().frames().read() / FRAMES_OF_A_LOOP + 2;
  }
}
