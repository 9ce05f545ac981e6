package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.trust.RoomAct;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of alerts that still wait for the broker when their deployment is closed. */
@Execution(ExecutionMode.CONCURRENT)
class LastAlertsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ALERTS = "sightline/v1/van-1/alerts";
  private static final String OUTCOMES = "sightline/v1/van-1/outcomes";
  private static final ControlRoomKeys CONTROL_ROOM = ControlRoomKeys.generate();

  private final AuthorityKey second = AuthorityKey.generate();
  private final AuthorityKey third = AuthorityKey.generate();
  private final Instant tomorrow = Instant.now().plus(Duration.ofHours(20));

  @TempDir private Path folder;
  private LoopbackBroker broker;
  private Exercise exercise;
  private Path settings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openADeployment() throws Exception {
    broker = Mosquitto.open();
    exercise = Exercise.ofNobody(folder);
    exercise.trust(second);
    exercise.trust(third);
    exercise.permission().sealedFor(CONTROL_ROOM.identity()).write();
    settings = exercise.opened(broker.uri(), "cameras: [{id: mast-1, source: none.mp4}]");
    try (Device box = box()) {
      DeploymentRecord.open(
              box.database(),
              new DeploymentFacts(
                  deployment(box), Exercise.VAN, new Place("yard"), 1, "builtin", "1", null),
              new Similarity(0.6),
              "derived for 1 entry",
              () -> new DeploymentCounts(1, 1, 1, 1, new TreeMap<>()),
              box.clock())
          .close();
    }
  }

  private static DeploymentId deployment(Device box) throws Exception {
    return box.deployments().all().get(0).deployment();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private int sightline(String... command) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), command);
  }

  private int deployment(String step, String... more) {
    String[] command = new String[more.length + 4];
    command[0] = "deployment";
    command[1] = step;
    command[2] = "--config";
    command[3] = settings.toString();
    System.arraycopy(more, 0, command, 4, more.length);
    return sightline(command);
  }

  private int closeDeployment() {
    return deployment("close", "--by", "1234");
  }

  private Device box() throws Exception {
    return Device.open(AgentSettings.read(settings), Clock.systemUTC());
  }

  /** Leaves an alert as an agent does that cannot reach the broker. */
  private UUID leave(Instant expires) throws Exception {
    Alert alert = Alerts.about("S-0001");
    byte[] event =
        AlertEvent.encode(
            alert,
            Alerts.HEAD,
            AlertTerms.DEFAULT.sealedFor(CONTROL_ROOM.identity()),
            DeploymentClass.LIVE);
    try (Device box = box()) {
      Outbox outbox = new Outbox(box.database(), box.keys().storage());
      DeploymentId deployment = deployment(box);
      KnownAlert known = new KnownAlert(alert.id(), deployment, expires, false);
      box.database()
          .write(
              tx -> {
                outbox.subjects().put(tx, known, alert.match().subject());
                return outbox.enqueue(
                    tx, known, alert.origin().camera(), event, alert.times().decided());
              });
    }
    return alert.id();
  }

  @Test
  void oneAboutSomebodyWhoWasWithdrawnMeanwhileIsReportedAndNotSent() throws Exception {
    UUID alert = leave(tomorrow);
    Path withdrawals = AgentSettings.read(settings).deployment().withdrawals();
    Files.createDirectories(withdrawals);
    Files.write(withdrawals.resolve("1.json"), exercise.withdrawal("S-0001"));
    broker.start();
    try (BrokerTap controlRoom = BrokerTap.on(broker)) {
      assertThat(deployment("tidy")).isZero();

      await().atMost(SOON).until(() -> !controlRoom.on("sightline/v1/van-1/receipts").isEmpty());
      assertThat(controlRoom.on("sightline/v1/van-1/receipts").get(0).text())
          .contains(alert.toString(), "\"result\":\"withdrawn\"");
      assertThat(controlRoom.on(ALERTS)).isEmpty();
    }
  }

  private static void awaitReceived(BrokerTap tap, UUID... alerts) {
    List<String> ids = List.of(alerts).stream().map(UUID::toString).toList();
    await().atMost(SOON).until(() -> tap.on(ALERTS).size() >= ids.size());
    assertThat(tap.on(ALERTS)).extracting(BrokerTap.Heard::correlation).isEqualTo(ids);
  }

  @Test
  void theTimerSendsThemOnceEachAndInOrder() throws Exception {
    UUID first = leave(tomorrow);
    UUID second = leave(tomorrow);
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      assertThat(deployment("tidy")).isZero();
      assertThat(deployment("tidy")).isZero();

      awaitReceived(tap, first, second);
    }
    assertThat(out.toString()).containsOnlyOnce("2 alerts sent");
  }

  @Test
  void theServiceOfTheTimerMayReachTheBroker() throws Exception {
    assertThat(Files.readAllLines(Path.of("..", "..", "systemd", "sightline-tidy.service")))
        .isNotEmpty()
        .noneMatch(line -> line.startsWith("PrivateNetwork=") || line.startsWith("IPAddressDeny="));
  }

  @Test
  void anAgentThatMayNotStartSendsThemFirst() throws Exception {
    UUID alert = leave(tomorrow);
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      assertThat(sightline("run", "--config", settings.toString())).isEqualTo(Sightline.EXIT_NO);

      awaitReceived(tap, alert);
    }
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("the deployment has ended and its list was destroyed");
  }

  @Test
  void anAgentThatMayNotStartEndsSoonThoughNobodyTakesThem() throws Exception {
    leave(tomorrow);
    closeDeployment();
    broker.start();

    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(() -> sightline("run", "--config", settings.toString()));

    assertThat(exitCode.get(40, TimeUnit.SECONDS)).isEqualTo(Sightline.EXIT_NO);
  }

  @Test
  void whatWasSealedForTheControlRoomStaysSealed() throws Exception {
    UUID alert = leave(tomorrow);
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      deployment("tidy");

      awaitReceived(tap, alert);
      assertThat(tap.all())
          .allSatisfy(
              message ->
                  assertThat(new String(message.content(), StandardCharsets.UTF_8))
                      .doesNotContain("S-0001"));
    }
  }

  /** Has a statement of the authorities of the settings lie where the van looks for it. */
  private void state(TrustStatement.Act act) throws Exception {
    Path statements = AgentSettings.read(settings).trust().statements();
    Files.createDirectories(statements);
    Files.write(
        statements.resolve("room.json"),
        new TrustStatement(
                UUID.randomUUID(), List.of(exercise.identity().fingerprint()), Instant.now(), act)
            .sign(List.of(second, third))
            .bytes());
  }

  @Test
  void oneThatWaitsIsSealedForTheRoomThatHasTakenThePlaceMeanwhile() throws Exception {
    ControlRoomKeys successor = ControlRoomKeys.generate();
    UUID alert = leave(tomorrow);
    closeDeployment();
    state(
        new RoomAct.Replace(
            CONTROL_ROOM.identity(), successor.identity(), "Northern room", Optional.empty()));
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      assertThat(deployment("tidy")).isZero();

      awaitReceived(tap, alert);
      ReceivedAlert received = ReceivedAlert.parse(tap.on(ALERTS).get(0).content());
      assertThat(received.opened(successor).taken().orElseThrow().match().subject())
          .isEqualTo(new SubjectRef("S-0001"));
    }
  }

  @Test
  void oneThatWaitsForARevokedRoomIsHeldAndTheVanSaysSo() throws Exception {
    leave(tomorrow);
    closeDeployment();
    state(new RoomAct.Revoke(CONTROL_ROOM.identity(), "stolen"));
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      assertThat(deployment("tidy")).isZero();

      assertThat(out.toString())
          .contains("1 alert waits", "no control room may have what is sealed for one");
      assertThat(tap.on(ALERTS)).isEmpty();
      assertThat(tap.on("sightline/v1/van-1/status"))
          .anyMatch(status -> status.text().contains("no-control-room"));
    }
  }

  @Test
  void oneThatHasExpiredIsNotSent() throws Exception {
    leave(Instant.now());
    UUID alert = leave(tomorrow);
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      sightline("run", "--config", settings.toString());

      awaitReceived(tap, alert);
    }
  }

  @Test
  void forThoseThatHaveExpiredTheBrokerIsNotCalled() throws Exception {
    leave(Instant.now());
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      sightline("run", "--config", settings.toString());

      assertThat(tap.all()).isEmpty();
    }
  }

  @Test
  void aBrokerThatIsAwayIsReportedAndNoFailure() throws Exception {
    leave(tomorrow);
    closeDeployment();
    out.getBuffer().setLength(0);

    assertThat(deployment("tidy")).isZero();

    assertThat(out.toString())
        .contains("1 alert waits for the broker, until " + tomorrow.truncatedTo(ChronoUnit.SECONDS))
        .contains("127.0.0.1:" + broker.port());
  }

  @Test
  void aDestructionThatFailsDoesNotKeepThem() throws Exception {
    UUID alert = leave(tomorrow);
    try (Device box = box()) {
      box.deployments().close(Actor.officer("1234"));
    }
    blockTheKey();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      assertThat(deployment("tidy")).isEqualTo(Sightline.EXIT_UNUSABLE);

      awaitReceived(tap, alert);
    }
  }

  /** In place of the key's file stands a folder, which cannot be overwritten. */
  private void blockTheKey() throws Exception {
    try (Stream<Path> files = Files.list(exercise.data().resolve("lists"))) {
      Path key = files.filter(file -> file.toString().endsWith(".key")).findFirst().orElseThrow();
      Files.delete(key);
      Files.createDirectory(key);
    }
  }

  @Test
  void anOutcomeThatWaitsAtTheBrokerIsRecorded() throws Exception {
    UUID judged = leave(tomorrow);
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      deployment("tidy");
      tap.publish(
          OUTCOMES,
          new OutcomeMessage(judged, Outcome.TRUE, Actor.officer("4711"), null, Instant.now())
              .sign(CONTROL_ROOM));
    }
    leave(tomorrow);
    // Nobody is subscribed to the alerts, so that it stays connected.
    Thread timer = new Thread(() -> deployment("tidy"));
    timer.start();
    await().atMost(SOON).until(() -> audited(judged.toString(), "officer:4711"));
    DataFolderLock.take(exercise.data(), SOON).close();
    timer.join();
  }

  private boolean audited(String... words) throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      return AuditLines.of(database).stream()
          .anyMatch(line -> List.of(words).stream().allMatch(line::contains));
    }
  }

  @Test
  void whoeverWantsTheDataFolderNeedNotWaitUntilAllAreSent() throws Exception {
    leave(tomorrow);
    closeDeployment();
    broker.start();
    // Nobody is subscribed.
    Thread timer = new Thread(() -> deployment("tidy"));
    timer.start();
    await().atMost(SOON).until(this::isTaken);
    DataFolderLock.take(exercise.data(), SOON).close();
    timer.join();
    exercise.awaitWaiting(1);
  }

  private boolean isTaken() {
    try {
      DataFolderLock.take(exercise.data(), Duration.ZERO).close();
      return false;
    } catch (DeploymentException e) {
      return true;
    }
  }

  @Test
  void closingSaysHowManyWaitAndUntilWhen() throws Exception {
    leave(tomorrow.minusSeconds(60));
    leave(tomorrow);

    assertThat(closeDeployment()).isZero();

    assertThat(out.toString())
        .contains(
            "2 alerts wait for the broker, the last of them until "
                + tomorrow.truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void theReceiptSaysHowManyWaitedWhenTheListWasDestroyed() throws Exception {
    leave(tomorrow);
    leave(tomorrow);
    leave(Instant.now());
    closeDeployment();
    out.getBuffer().setLength(0);
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      deployment("tidy");
      assertThat(tap.topics()).isNotEmpty();
    }

    deployment("receipt", "--deployment", "exercise-1");

    assertThat(out.toString())
        .contains("2 alerts sent")
        .contains("2 alerts waited for the broker then");
  }

  @Test
  void closingSaysNothingOfAlertsWhenNoneWaits() {
    closeDeployment();

    assertThat(out.toString()).doesNotContain("alert");
  }

  @Test
  void theStatusSaysHowManyWaitAndUntilWhen() throws Exception {
    leave(tomorrow);

    deployment("status");

    assertThat(out.toString())
        .contains(
            "alerts         1 alert waits for the broker, until "
                + tomorrow.truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void theVanPublishesTheDataFolderThatTheStatusNames() throws Exception {
    deployment("status", "--json");
    String instance = new JsonMapper().readTree(out.toString()).required("instance").stringValue();
    leave(tomorrow);
    closeDeployment();
    broker.start();
    try (BrokerTap tap = BrokerTap.on(broker)) {
      deployment("tidy");

      assertThat(tap.on("sightline/v1/" + Exercise.VAN + "/status"))
          .extracting(BrokerTap.Heard::text)
          .anySatisfy(status -> assertThat(status).contains("\"instance\":\"" + instance));
    }
  }

  @Test
  void theStatusInWordsNamesTheDataFolder() throws Exception {
    deployment("status");

    try (Device box = box()) {
      assertThat(out.toString()).contains("data           instance " + box.instance());
    }
  }

  @Test
  void theStatusAsJsonSaysHowManyWaitAndUntilWhen() throws Exception {
    leave(tomorrow);

    deployment("status", "--json");

    JsonNode json = new JsonMapper().readTree(out.toString());
    assertThat(json.required("alertsWaiting").intValue()).isEqualTo(1);
    assertThat(Instant.parse(json.required("alertsWaitUntil").stringValue()))
        .isEqualTo(tomorrow.truncatedTo(ChronoUnit.MILLIS));
  }
}
