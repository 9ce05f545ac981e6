package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.mqtt.AlertSubscriber;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.AgentProcess;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;

/** The agent as a process of its own, and what becomes of its alerts when a part of it all dies. */
class AgentProcessTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private static Path shared;
  private static InstalledPack pack;
  private static GeneratedStreet street;
  private static List<WatchlistEntry> listed;
  private static String emptyStreet;

  @TempDir private Path folder;
  private final List<ReceivedAlert> received = new CopyOnWriteArrayList<>();
  private LoopbackBroker broker;
  private Exercise exercise;

  @BeforeAll
  static void draw() throws Exception {
    pack = ModelPacks.at(shared.resolve("models")).installed("builtin");
    street = GeneratedStreet.in(shared.resolve("street"));
    listed = street.enrol(pack);
    Path clip = TestClips.of(320, 240, 5).h264(shared.resolve("nobody.mp4"), 5);
    emptyStreet = "  - {id: mast-2, source: \"%s\", loop: true}".formatted(clip);
  }

  @BeforeEach
  void prepare() throws Exception {
    broker = Mosquitto.open();
    exercise = Exercise.in(folder.resolve("exercise"), pack, listed);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  /** An agent that sees the street once, and then an empty one for ever. */
  private AgentProcess watchTheStreet() throws Exception {
    return AgentProcess.run(opened(street.settings(emptyStreet)));
  }

  private AgentProcess watchNobody() throws Exception {
    return AgentProcess.run(opened("cameras:", emptyStreet));
  }

  /** Settings of a deployment that was opened once, however often the agent is started. */
  private Path opened(String... cameras) throws Exception {
    return Files.exists(exercise.data())
        ? exercise.settings(broker.uri(), cameras)
        : exercise.opened(broker.uri(), cameras);
  }

  private AlertSubscriber controlRoom() throws Exception {
    return AlertSubscriber.start(
        BrokerSettings.plain(broker.uri()), Exercise.VAN, VanIdentities.NONE, received::add);
  }

  private void awaitAlertsOnceEach(AlertSubscriber subscriber) {
    await().atMost(SOON).until(() -> received.size() >= 2);
    assertThat(received)
        .extracting(alert -> alert.match().subject())
        .containsExactlyInAnyOrderElementsOf(GeneratedStreet.LISTED);
    assertThat(subscriber.repetitions()).isZero();
  }

  @Test
  void alertsRaisedWhileTheBrokerIsAwayAreReceivedOnceEach() throws Exception {
    try (AgentProcess agent = watchTheStreet()) {
      exercise.awaitWaiting(2);
      await().atMost(SOON).until(() -> agent.said().contains("Alerts wait"));
      broker.start();
      try (AlertSubscriber subscriber = controlRoom()) {
        awaitAlertsOnceEach(subscriber);
        agent.terminate();
        agent.exitCode();
        awaitAlertsOnceEach(subscriber);
      }
    }
  }

  @Test
  void alertsOfAnAgentThatWasKilledBeforeItCouldPublishAreReceivedOnceEach() throws Exception {
    try (AgentProcess agent = watchTheStreet()) {
      exercise.awaitWaiting(2);
      agent.kill();
    }
    broker.start();
    try (AlertSubscriber subscriber = controlRoom();
        AgentProcess next = watchNobody()) {
      awaitAlertsOnceEach(subscriber);
      next.terminate();
      next.exitCode();
      awaitAlertsOnceEach(subscriber);
    }
  }

  @Test
  void alertsOfADeploymentThatWasClosedWhileTheBrokerWasAwayAreReceivedOnceEach() throws Exception {
    String warned;
    try (AgentProcess agent = watchTheStreet()) {
      exercise.awaitWaiting(2);
      assertThat(closeDeployment()).isZero();
      assertThat(agent.exitCode()).isZero();
      warned = agent.said();
    }
    assertThat(warned).contains("2 alerts wait for the broker, the last of them until ");
    broker.start();
    try (AlertSubscriber subscriber = controlRoom();
        AgentProcess next = watchNobody()) {
      assertThat(next.exitCode()).as(next.said()).isEqualTo(Sightline.EXIT_NO);
      awaitAlertsOnceEach(subscriber);
    }
  }

  private int closeDeployment() {
    return Sightline.run(
        new PrintWriter(Writer.nullWriter()),
        new PrintWriter(Writer.nullWriter()),
        "deployment",
        "close",
        "--config",
        exercise.folder().resolve("agent.yaml").toString(),
        "--by",
        "1234");
  }

  @Test
  void anAgentThatIsStoppedClosesTheDeploymentFirst() throws Exception {
    broker.start();
    try (AgentProcess agent = watchNobody()) {
      await().atMost(SOON).ignoreExceptions().until(() -> !closings().isEmpty());
      agent.terminate();
      // What a Java machine says after SIGTERM; the unit counts it as a success.
      assertThat(agent.exitCode()).as(agent.said()).isEqualTo(143);
    }
    assertThat(closings()).singleElement().isNotEqualTo("open");
  }

  private List<String> closings() throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      return database.query(
          "SELECT coalesce(closed_millis, 'open') AS closed FROM deployment",
          row -> row.text("closed"));
    }
  }

  @Test
  void theUnitCountsTheEndBySigtermAsSuccess() throws Exception {
    assertThat(
            Files.readString(
                Path.of("..", "..", "systemd", "sightline-.service.d", "confinement.conf")))
        .contains("SuccessExitStatus=143");
  }

  @Test
  void aRefusalIsOneLineAndNothingElse() throws Exception {
    Path settings = opened("cameras:", emptyStreet);
    Files.delete(exercise.authorisation());
    try (AgentProcess agent = AgentProcess.run(settings)) {
      assertThat(agent.exitCode()).isEqualTo(2);
      assertThat(agent.said().strip()).hasLineCount(1).startsWith("no capture: ");
    }
  }
}
