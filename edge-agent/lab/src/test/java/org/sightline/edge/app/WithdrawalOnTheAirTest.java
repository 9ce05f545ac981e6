package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;

/** A withdrawal reaches a running agent, by either way; all is real. */
@Execution(ExecutionMode.CONCURRENT)
class WithdrawalOnTheAirTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private LoopbackBroker broker;
  private BrokerTap authority;
  private Exercise exercise;
  private AgentSettings settings;

  @BeforeEach
  void openADeployment() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    exercise =
        Exercise.in(
            folder.resolve("exercise"), pack, List.of(somebody(0), somebody(1), somebody(2)));
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    broker = Mosquitto.open();
    broker.start();
    authority = BrokerTap.on(broker);
    String camera = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
    settings = AgentSettings.read(exercise.opened(broker.uri(), camera));
  }

  @AfterEach
  void close() throws Exception {
    authority.close();
    broker.close();
  }

  private static WatchlistEntry somebody(int number) {
    float[] values = new float[64];
    values[number] = 1;
    return new WatchlistEntry(
        new SubjectRef("S-000" + number),
        "exercise",
        List.of(Template.normalised("builtin", values)),
        new Jpeg(new byte[] {1}));
  }

  private Agent start() throws Exception {
    return Agent.start(settings, Clock.systemUTC(), AgentObserver.NONE, () -> {});
  }

  /** Fails while the agent writes the list again: the file that is read may then be destroyed. */
  private List<String> listedAtRest() throws Exception {
    List<String> subjects = new ArrayList<>();
    try (Device box = Device.open(settings, Clock.systemUTC());
        var list = box.deployments().list(Exercise.DEPLOYMENT)) {
      list.forEach(entry -> subjects.add(entry.subject().value()));
    }
    return subjects;
  }

  private int withdrawnInTheRecord() throws Exception {
    try (Device box = Device.open(settings, Clock.systemUTC())) {
      return PublicRecord.read(box.database(), Exercise.DEPLOYMENT).search().entriesWithdrawn();
    }
  }

  @Test
  void asAFileItTakesTheEntryOutOfMemoryAndOffTheDiskAndCaptureGoesOn() throws Exception {
    try (Agent agent = start()) {
      await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);

      Files.createDirectories(settings.deployment().withdrawals());
      Files.write(
          settings.deployment().withdrawals().resolve("1.json"), exercise.withdrawal("S-0001"));

      await().atMost(SOON).until(() -> agent.galleryEntries() == 2);
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(listedAtRest()).containsExactly("S-0000", "S-0002"));
      await().atMost(SOON).until(() -> !Files.exists(exercise.list()));
      long frames = agent.counters().frames().processed();
      await().atMost(SOON).until(() -> agent.counters().frames().processed() > frames);
    }
    assertThat(withdrawnInTheRecord()).isEqualTo(1);
  }

  @Test
  void thoseThatTheBrokerKeptReachAVanThatWasAway() throws Exception {
    authority.retain("sightline/v1/van-1/withdrawals/1", exercise.withdrawal("S-0000"));
    authority.retain("sightline/v1/van-1/withdrawals/2", exercise.withdrawal("S-0002"));

    try (Agent agent = start()) {
      await().atMost(SOON).until(() -> agent.galleryEntries() == 1);
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(listedAtRest()).containsExactly("S-0001"));
    }
  }

  @Test
  void oneThatLiesThereAtTheStartIsAppliedBeforeTheListIsOpened() throws Exception {
    Files.createDirectories(settings.deployment().withdrawals());
    Files.write(
        settings.deployment().withdrawals().resolve("1.json"), exercise.withdrawal("S-0001"));

    try (Agent agent = start()) {
      assertThat(agent.galleryEntries()).isEqualTo(2);
    }
  }

  @Test
  void itsThresholdStaysThatOfTheListThatWasAuthorised() throws Exception {
    double before;
    try (Agent agent = start()) {
      before = agent.threshold().similarity().cosine();
    }
    Files.createDirectories(settings.deployment().withdrawals());
    Files.write(
        settings.deployment().withdrawals().resolve("1.json"), exercise.withdrawal("S-0001"));

    try (Agent agent = start()) {
      assertThat(agent.threshold().similarity().cosine()).isEqualTo(before);
    }
  }

  @Test
  void aForgedOneAmongJunkChangesNothingAndTheAgentGoesOn() throws Exception {
    authority.retain(
        "sightline/v1/van-1/withdrawals/1",
        exercise.withdrawalBy(AuthorityKey.generate(), "S-0001"));
    authority.retain(
        "sightline/v1/van-1/withdrawals/2", "junk".getBytes(StandardCharsets.US_ASCII));
    authority.retain("sightline/v1/van-1/withdrawals/3", exercise.withdrawal("S-0002"));

    try (Agent agent = start()) {
      await().atMost(SOON).until(() -> agent.galleryEntries() == 2);
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(listedAtRest()).containsExactly("S-0000", "S-0001"));
    }
  }
}
