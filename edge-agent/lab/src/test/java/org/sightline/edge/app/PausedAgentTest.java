package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.publish.AsyncApi;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.record.CaptureTime;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SteppedClock;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;

/** A running agent is paused and resumed by another process; all is real but the wall clock. */
@Execution(ExecutionMode.CONCURRENT)
class PausedAgentTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String STATUS = "sightline/v1/van-1/status";
  private static final String ALERTS = "sightline/v1/van-1/alerts";
  private static final Actor OFFICER = Actor.officer("1234");

  private final SteppedClock clock = new SteppedClock(Instant.now());

  @TempDir private Path folder;
  private LoopbackBroker broker;
  private BrokerTap controlRoom;
  private Exercise exercise;
  private Path yaml;
  private AgentSettings settings;

  @BeforeEach
  void openADeployment() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    exercise = Exercise.in(folder.resolve("exercise"), pack, List.of(somebody(0), somebody(1)));
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    broker = Mosquitto.open();
    broker.start();
    controlRoom = BrokerTap.on(broker);
    String camera = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
    yaml = exercise.opened(broker.uri(), camera);
    settings = AgentSettings.read(yaml);
  }

  @AfterEach
  void close() throws Exception {
    controlRoom.close();
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
    return Agent.start(settings, clock, AgentObserver.NONE, () -> {});
  }

  private void pause() throws Exception {
    try (Device other = Device.open(settings, clock)) {
      other.deployments().pauses().pause(PauseReason.OFFICERS_AWAY, OFFICER);
    }
  }

  private void resume() throws Exception {
    try (Device other = Device.open(settings, clock)) {
      other
          .deployments()
          .pauses()
          .resume(settings.deployment().authorisation(), other.pack(), OFFICER);
    }
  }

  private static void awaitCapture(Agent agent) {
    await()
        .atMost(SOON)
        .until(() -> agent.capturing() && agent.counters().frames().processed() > 0);
  }

  private static void awaitPause(Agent agent) {
    await().atMost(SOON).until(() -> agent.paused().isPresent());
  }

  private PublicRecord record() throws Exception {
    try (Device box = Device.open(settings, clock)) {
      return PublicRecord.read(box.database(), Exercise.DEPLOYMENT);
    }
  }

  private List<String> auditLines() throws Exception {
    try (Device box = Device.open(settings, clock)) {
      return box.database()
          .query(
              "SELECT CAST(line AS TEXT) AS line FROM audit_record ORDER BY sequence",
              row -> row.text("line"));
    }
  }

  @Test
  void whilePausedNoCameraIsOpenAndNobodyIsInMemory() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);

      assertThat(agent.capturing()).isFalse();
      assertThat(agent.galleryEntries()).isZero();
      long read = agent.counters().frames().read();
      await().during(Duration.ofMillis(300)).until(() -> agent.counters().frames().read() == read);
      assertThat(agent.awaitEnd(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void onceResumedItCapturesWithTheWholeListAgain() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);
      resume();

      awaitCapture(agent);
      assertThat(agent.galleryEntries()).isEqualTo(2);
      assertThat(agent.paused()).isEmpty();
    }
  }

  @Test
  void itsFiguresSayThatItIsPausedAndHowMuchItHadSearched() throws Exception {
    int port = freePort();
    settings =
        AgentSettings.read(
            Files.writeString(
                folder.resolve("exercise/watched.yaml"),
                Files.readString(yaml) + "\nmetrics: {listen: \"127.0.0.1:" + port + "\"}\n"));
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();

      await().atMost(SOON).until(() -> figures(port).contains("sightline_deployment_paused 1.0"));
      assertThat(figures(port))
          .contains("sightline_camera_open{camera=\"mast-1\"} 0.0")
          .contains("sightline_broker_connected 1.0")
          .doesNotContain("sightline_frames_searched_total 0.0");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String figures(int port) throws IOException {
    URL page = URI.create("http://127.0.0.1:" + port + "/metrics").toURL();
    try (InputStream answer = page.openStream()) {
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void itIsNotResumedWhereTheAuthorisationIsGoneMeanwhile() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);
      Path moved = Files.move(settings.deployment().authorisation(), folder.resolve("moved.json"));
      try (Device other = Device.open(settings, clock)) {
        other.deployments().pauses().resume(moved, other.pack(), OFFICER);
      }

      assertThat(agent.awaitEnd(SOON)).isTrue();
      assertThat(agent.galleryEntries()).isZero();
      assertThat(auditLines()).filteredOn(line -> line.contains("capture-started")).hasSize(1);
    }
  }

  @Test
  void theControlRoomSeesThatItIsThereAndPausedAndThenThatItGoesOn() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      await().atMost(SOON).until(() -> lastStatus().contains("\"reason\":\"officers-away\""));
      assertThat(lastStatus()).contains("\"state\":\"online\"").doesNotContain("alarms");
      resume();
      await().atMost(SOON).until(() -> !lastStatus().contains("paused"));
    }
    assertThat(controlRoom.on(STATUS))
        .allSatisfy(status -> assertThat(AsyncApi.published().faultsIn(status)).isEmpty());
  }

  private String lastStatus() {
    List<BrokerTap.Heard> all = controlRoom.on(STATUS);
    return all.isEmpty() ? "" : all.get(all.size() - 1).text();
  }

  @Test
  void anAgentThatIsStartedWhilePausedOpensNothingBeforeItIsResumed() throws Exception {
    pause();
    try (Agent agent = start()) {
      await().atMost(SOON).until(() -> lastStatus().contains("paused"));
      assertThat(agent.galleryEntries()).isZero();
      assertThat(agent.counters().frames().read()).isZero();
      assertThat(auditLines()).noneMatch(line -> line.contains("capture-started"));

      resume();
      awaitCapture(agent);
    }
  }

  @Test
  void whoIsWithdrawnDuringAPauseIsNotThereWhenItIsResumed() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);
      controlRoom.retain("sightline/v1/van-1/withdrawals/1", exercise.withdrawal("S-0001"));
      await().atMost(SOON).until(() -> record().search().entriesWithdrawn() == 1);
      resume();

      awaitCapture(agent);
      assertThat(agent.galleryEntries()).isEqualTo(1);
    }
  }

  @Test
  void alertsThatWaitGoOutDuringAPauseAndTheirOutcomesAreTaken() throws Exception {
    ControlRoomKeys keys = ControlRoomKeys.generate();
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    Exercise busy = Exercise.in(folder.resolve("busy"), pack, street.enrol(pack));
    busy.permission().sealedFor(keys.identity()).write();
    try (LoopbackBroker away = Mosquitto.open()) {
      settings = AgentSettings.read(busy.opened(away.uri(), street.settings()));
      try (Agent agent = start()) {
        busy.awaitWaiting(GeneratedStreet.LISTED.size());
        pause();
        awaitPause(agent);
        away.start();
        try (BrokerTap tap = BrokerTap.on(away)) {
          await().atMost(SOON).until(() -> tap.on(ALERTS).size() == GeneratedStreet.LISTED.size());
          ReceivedAlert alert = ReceivedAlert.parse(tap.on(ALERTS).get(0).content());
          tap.publish(
              "sightline/v1/van-1/outcomes",
              new OutcomeMessage(alert.id(), Outcome.TRUE, OFFICER, null, Instant.now())
                  .sign(keys));

          await().atMost(SOON).until(() -> record().outcomes().correct() == 1);
          assertThat(agent.paused()).isPresent();
        }
      }
    }
  }

  @Test
  void theEndComesDuringAPauseAndTheListIsDestroyed() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);
      clock.shift(Duration.ofDays(2));

      assertThat(agent.awaitEnd(SOON)).isTrue();
    }
    try (Device box = Device.open(settings, clock)) {
      assertThat(box.deployments().all().get(0).state()).isEqualTo(DeploymentState.DESTROYED);
    }
    assertThat(exercise.data().resolve("lists")).isEmptyDirectory();
  }

  @Test
  void aRevocationEndsAPausedDeployment() throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);
      Files.write(settings.deployment().revocation(), exercise.revocation());

      assertThat(agent.awaitEnd(SOON)).isTrue();
    }
  }

  @Test
  void theRecordHasTheTimesApartAndCountsGoOnOverThePause() throws Exception {
    long before;
    try (Agent agent = start()) {
      awaitCapture(agent);
      await().atMost(SOON).until(() -> agent.counters().frames().processed() >= 10);
      pause();
      awaitPause(agent);
      before = agent.counters().frames().processed();
      clock.shift(Duration.ofMinutes(30));
      resume();
      awaitCapture(agent);
      await().atMost(SOON).until(() -> agent.counters().frames().processed() >= 10);
    }
    PublicRecord record = record();
    CaptureTime time = record.use().time();
    // The device's time never goes back, and so is a little ahead of the stepped one.
    assertThat(time.pausedSeconds()).isBetween(1700L, 1900L);
    assertThat(time.captureSeconds()).isLessThan(2 * SOON.toSeconds());
    assertThat(time.pauses())
        .extracting(CaptureTime.Pause::reason)
        .containsExactly("officers-away");
    assertThat(record.counts().frames()).isGreaterThan(before);
    assertThat(record.thresholds()).hasSize(1);
  }

  @Test
  void theAuditLogHasThePauseBeforeTheEndOfCaptureAndTheResumptionBeforeItsNextStart()
      throws Exception {
    try (Agent agent = start()) {
      awaitCapture(agent);
      pause();
      awaitPause(agent);
      resume();
      awaitCapture(agent);
    }
    assertThat(
            auditLines().stream()
                .map(line -> line.replaceAll(".*\"event\":\"([a-z-]+)\".*", "$1"))
                .filter(event -> event.matches("capture-.*|deployment-(paused|resumed)")))
        .containsExactly(
            "capture-started",
            "deployment-paused",
            "capture-stopped",
            "deployment-resumed",
            "capture-started",
            "capture-stopped");
  }
}
