package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SteppedClock;
import org.sightline.edge.testing.TestClips;
import org.sightline.edge.walk.WalkFigures;
import org.sightline.testkit.LoopbackBroker;

/**
 * Walks in front of a running agent; all is real. In truth, somebody who is looked for and a
 * control entry walk past mast-1 over and over, nobody ever past mast-2, and the other control
 * entry past neither; mast-3 gives no frames any more.
 */
@Execution(ExecutionMode.CONCURRENT)
class SeededWalkTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String ALERTS = "sightline/v1/van-1/alerts";
  private static final SubjectRef WALKER = new SubjectRef("C-0001");
  private static final SubjectRef ABSENT = new SubjectRef("C-0002");
  private static final SubjectRef WANTED = GeneratedStreet.LISTED.get(1);

  @TempDir private static Path drawn;
  private static InstalledPack pack;
  private static GeneratedStreet street;
  private static List<WatchlistEntry> list = List.of();

  @TempDir private Path folder;

  /** Goes as time does, and is put ahead: a walk is over then. */
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());

  private LoopbackBroker broker;
  private BrokerTap tap;
  private Exercise exercise;
  private String[] cameras = {};
  private Path settings = Path.of("");

  @BeforeAll
  static void aStreet() throws Exception {
    pack = ModelPacks.at(drawn.resolve("models")).installed("builtin");
    street = GeneratedStreet.in(drawn.resolve("street"));
    List<WatchlistEntry> listed = street.enrol(pack);
    list =
        List.of(
            control(WALKER, listed.get(0).templates(), listed.get(0).portrait()),
            control(ABSENT, List.of(noFace()), new Jpeg(new byte[] {1})),
            listed.get(1));
  }

  @BeforeEach
  void twoCameras() throws Exception {
    exercise = Exercise.in(folder.resolve("exercise"), pack, list);
    Path nobody = TestClips.of(320, 240, 5).h264(folder.resolve("nobody.mp4"), 5);
    cameras =
        new String[] {
          "smallestFacePx: " + GeneratedStreet.SMALLEST_FACE_PX,
          "cameras:",
          "  - {id: mast-1, source: \"%s\", pace: fastest, loop: true}"
              .formatted(street.clip().toAbsolutePath()),
          "  - {id: mast-2, source: \"%s\", loop: true}".formatted(nobody),
          "  - {id: mast-3, source: \"%s\", pace: fastest}".formatted(nobody)
        };
    broker = Mosquitto.open();
    broker.start();
    tap = BrokerTap.on(broker);
  }

  @AfterEach
  void close() throws Exception {
    tap.close();
    broker.close();
  }

  private static WatchlistEntry control(SubjectRef who, List<Template> templates, Jpeg portrait) {
    return new WatchlistEntry(who, "control", templates, portrait);
  }

  private static Template noFace() {
    float[] values = new float[64];
    values[0] = 1;
    return Template.normalised("builtin", values);
  }

  private Agent start() throws Exception {
    Agent agent = Agent.start(AgentSettings.read(settings), clock, AgentObserver.NONE, () -> {});
    await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);
    return agent;
  }

  private int walk(StringWriter said, SubjectRef who, String... more) {
    PrintWriter out = new PrintWriter(said, true);
    String[] command = {
      "deployment",
      "walk",
      "--config",
      settings.toString(),
      "--by",
      "1234",
      "--subject",
      who.value()
    };
    return Sightline.run(
        out,
        out,
        Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new));
  }

  private void announce(SubjectRef who, String... more) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              StringWriter said = new StringWriter();
              assertThat(walk(said, who, more)).as(said.toString()).isZero();
            });
  }

  /** All three have walked by, and not only the end of their way. */
  private static void letThemWalk(Agent agent) {
    long before = agent.counters().passes();
    await().atMost(SOON).until(() -> agent.counters().passes() >= before + 6);
  }

  private void endTheWalks() {
    clock.shift(Duration.ofHours(1));
    await().atMost(SOON).until(() -> figures().open() == 0);
  }

  private WalkFigures figures() throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      return Objects.requireNonNull(PublicRecord.read(database, Exercise.DEPLOYMENT).walks());
    }
  }

  private static @Nullable Proportion rate(WalkFigures walks, String camera) {
    return walks.recognition().stream()
        .filter(each -> each.camera().equals(camera))
        .map(WalkFigures.Recognition::trueRecognition)
        .findFirst()
        .orElse(null);
  }

  private void awaitAlerts(int atLeast) {
    await().atMost(SOON).until(() -> tap.on(ALERTS).size() >= atLeast);
  }

  @Test
  void theRecordSaysOfEachCameraWhatIsTrueAndAStrangersAlertReachesTheQueue() throws Exception {
    settings = exercise.opened(broker.uri(), cameras);
    try (Agent agent = start()) {
      announce(WALKER);
      announce(ABSENT, "--camera", "mast-1", "--passes", "2");
      letThemWalk(agent);
      awaitAlerts(1);
      endTheWalks();
      letThemWalk(agent);

      assertThat(agent.alarms()).isEmpty();
    }
    WalkFigures walks = figures();
    assertThat(walks.controlEntries()).isEqualTo(2);
    assertThat(rate(walks, "mast-1")).isEqualTo(Proportion.of(1, 3));
    assertThat(rate(walks, "mast-2")).isEqualTo(Proportion.of(0, 1));
    assertThat(walks.notJudged())
        .containsExactly(new WalkFigures.Unknown("mast-3", "camera-down", 1, 0L));
    assertThat(walks.unannounced()).isPositive();
    assertThat(tap.on(ALERTS))
        .allSatisfy(alert -> assertThat(alert.text()).contains(WANTED.value()));
    assertThat(tap.all()).allSatisfy(each -> assertThat(each.text()).doesNotContain("C-000"));
  }

  @Test
  void aWalkIsNotJudgedWhereTheAgentStops() throws Exception {
    settings = exercise.opened(broker.uri(), cameras);
    try (Agent agent = start()) {
      announce(WALKER, "--camera", "mast-1");
      letThemWalk(agent);
    }

    assertThat(figures().notJudged())
        .extracting(WalkFigures.Unknown::camera, WalkFigures.Unknown::reason)
        .containsExactly(tuple("mast-1", "agent-stopped"));
    assertThat(figures().recognition()).isEmpty();
  }

  @Test
  void aWalkIsNotJudgedWhereTheDeploymentIsPaused() throws Exception {
    settings = exercise.opened(broker.uri(), cameras);
    try (Agent agent = start()) {
      announce(WALKER, "--camera", "mast-1");
      letThemWalk(agent);
      try (Device other = Device.open(AgentSettings.read(settings), clock)) {
        other.deployments().pauses().pause(PauseReason.MOVING, Actor.officer("1234"));
      }
      await().atMost(SOON).until(() -> agent.paused().isPresent());

      assertThat(figures().notJudged())
          .extracting(WalkFigures.Unknown::camera, WalkFigures.Unknown::reason)
          .containsExactly(tuple("mast-1", "paused"));
    }
  }

  @Test
  void aWalkIsNotJudgedWhereTheSubjectIsWithdrawn() throws Exception {
    settings = exercise.opened(broker.uri(), cameras);
    Path withdrawals = AgentSettings.read(settings).deployment().withdrawals();
    try (Agent agent = start()) {
      announce(WALKER, "--camera", "mast-1");
      Files.createDirectories(withdrawals);
      Files.write(withdrawals.resolve("1.json"), exercise.withdrawal(WALKER.value()));
      await().atMost(SOON).until(() -> agent.galleryEntries() == 2);
      endTheWalks();
    }

    assertThat(figures().notJudged())
        .containsExactly(new WalkFigures.Unknown("mast-1", "withdrawn", 1, null));
  }

  @Test
  void aCameraRaisesAlertsOnlyWhileEnoughWalksByItAreRecognised() throws Exception {
    exercise.permission().recognition(new LowestRecognition(1, 1)).write();
    settings = exercise.opened(broker.uri(), cameras);
    try (Agent agent = start()) {
      announce(WALKER, "--camera", "mast-1");
      letThemWalk(agent);
      assertThat(agent.alarms()).contains("walks-needed");
      assertThat(agent.counters().alerts().raised()).isZero();

      endTheWalks();
      assertThat(rate(figures(), "mast-1")).isEqualTo(Proportion.of(1, 1));
      awaitAlerts(1);

      announce(ABSENT, "--camera", "mast-1");
      endTheWalks();
      await().atMost(SOON).until(() -> agent.alarms().contains("recognition-too-low"));
    }

    try (Agent again = start()) {
      letThemWalk(again);
      assertThat(again.alarms()).contains("recognition-too-low");
      assertThat(again.counters().alerts().raised()).isZero();
    }
  }

  @Test
  void aWalkOfSomebodyWhoIsLookedForIsRefused() throws Exception {
    settings = exercise.opened(broker.uri(), cameras);
    StringWriter said = new StringWriter();

    assertThat(walk(said, WANTED)).isEqualTo(1);

    assertThat(said.toString()).contains("no control entry");
  }

  @Test
  void aWalkThatNobodyWouldSeeIsRefused() throws Exception {
    settings = exercise.opened(broker.uri(), cameras);
    StringWriter said = new StringWriter();

    assertThat(walk(said, WALKER)).isEqualTo(1);

    assertThat(said.toString()).contains("no camera is open");
  }
}
