package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.authorisation.Ruling.Word;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;

/** Rulings on an urgent authorisation reach a running agent, by either way; all is real. */
@Execution(ExecutionMode.CONCURRENT)
class UrgentOnTheAirTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STATUS = "sightline/v1/van-1/status";
  private static final String RULINGS = "sightline/v1/van-1/rulings/exercise-1";
  private static final String DISCARDED = "sightline/v1/van-1/discarded/exercise-1";

  private final AuthorityKey second = AuthorityKey.generate();
  @TempDir private Path folder;
  private LoopbackBroker broker;
  private BrokerTap tap;
  private Exercise exercise;
  private AgentSettings settings;

  @BeforeEach
  void openADeployment() throws Exception {
    exercise = Exercise.ofNobody(folder);
    exercise.trust(second);
    exercise.permission().urgent("a child was taken").write();
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    broker = Mosquitto.open();
    broker.start();
    tap = BrokerTap.on(broker);
    String camera = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
    settings = AgentSettings.read(exercise.opened(broker.uri(), camera));
  }

  @AfterEach
  void close() throws Exception {
    tap.close();
    broker.close();
  }

  private Agent capturing() throws Exception {
    Agent agent = Agent.start(settings, Clock.systemUTC(), AgentObserver.NONE, () -> {});
    await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);
    return agent;
  }

  private boolean lastStatusSays(String what) {
    List<BrokerTap.Heard> heard = tap.on(STATUS);
    return !heard.isEmpty() && heard.get(heard.size() - 1).text().contains(what);
  }

  private DeploymentStatus status() throws Exception {
    try (Device box = Device.open(settings, Clock.systemUTC())) {
      return box.deployments().all().get(0);
    }
  }

  @Test
  void theStatusSaysThatNobodyHasConfirmedItUntilSomebodyHas() throws Exception {
    try (Agent agent = capturing()) {
      await().atMost(SOON).until(() -> lastStatusSays("\"lapses\""));

      tap.retain(RULINGS, exercise.ruling(Word.CONFIRMED, second));

      await().atMost(SOON).until(() -> !lastStatusSays("\"lapses\""));
      assertThat(agent.capturing()).isTrue();
    }
  }

  @Test
  void aRefusalEndsItAndAllThatIsPublishedAfterwardsIsASignedReceipt() throws Exception {
    try (Agent agent = capturing()) {
      tap.retain(RULINGS, exercise.ruling(Word.REFUSED, second));

      assertThat(agent.awaitEnd(SOON)).isTrue();
    }
    assertThat(status().state()).isEqualTo(DeploymentState.DESTROYED);
    await().atMost(SOON).until(() -> tap.on(DISCARDED).size() == 1);
    assertThat(DiscardReceipt.read(tap.on(DISCARDED).get(0).content(), exercise.identity()))
        .hasValueSatisfying(
            receipt ->
                assertThat(receipt.refusal().by()).isEqualTo(second.publicKey().fingerprint()));
  }

  @Test
  void aRefusalAsAFileEndsItAsWell() throws Exception {
    try (Agent agent = capturing()) {
      Files.createDirectories(settings.deployment().rulings());
      Files.write(
          settings.deployment().rulings().resolve("1.json"), exercise.ruling(Word.REFUSED, second));

      assertThat(agent.awaitEnd(SOON)).isTrue();
    }
    assertThat(status().end()).extracting(DeploymentStatus.End::reason).hasToString("REFUSED");
  }

  @Test
  void aForgedRefusalChangesNothing() throws Exception {
    try (Agent agent = capturing()) {
      tap.retain(RULINGS, exercise.ruling(Word.REFUSED, AuthorityKey.generate()));

      await().atMost(SOON).until(() -> lastStatusSays("\"ignored\":1"));
      assertThat(agent.capturing()).isTrue();
    }
  }
}
