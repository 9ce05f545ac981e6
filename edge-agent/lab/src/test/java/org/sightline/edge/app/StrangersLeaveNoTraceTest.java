package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.publish.AsyncApi;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.testing.AgentProcess;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import org.sightline.edge.testing.trace.PeopleInClip;
import org.sightline.edge.testing.trace.PictureSearch;
import org.sightline.edge.testing.trace.Trace;
import org.sightline.edge.testing.trace.TraceSearch;
import org.sightline.edge.testing.trace.Traces;
import org.sightline.testkit.LoopbackBroker;

/**
 * Two listed people and a stranger have walked by: what lies in every file that the agent can write
 * to, and what went over the broker. That the search finds what there is to be found, {@code
 * TraceSearchTest} and {@code LeaksAreFoundTest} show.
 */
class StrangersLeaveNoTraceTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ALERTS = "sightline/v1/van-1/alerts";
  private static final String STATUS = "sightline/v1/van-1/status";

  @TempDir private static Path folder;
  private static LoopbackBroker broker;
  private static BrokerTap tap;
  private static PeopleInClip people;
  private static TraceSearch everybody;

  /** All files while alerts waited for the broker, and all when the agent had ended. */
  private static List<Path> states;

  private static List<Path> openForWriting;
  private static Path exerciseFolder;
  private static String said;

  @BeforeAll
  static void threePeopleWalkBy() throws Exception {
    broker = Mosquitto.open();
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    List<WatchlistEntry> list = street.enrol(pack);
    Exercise exercise = Exercise.in(folder.resolve("exercise"), pack, list);
    exerciseFolder = exercise.folder();
    Path waiting = folder.resolve("waiting");
    states = List.of(waiting, exerciseFolder);
    Path nobody = TestClips.of(320, 240, 5).h264(folder.resolve("nobody.mp4"), 5);
    Path settings =
        exercise.opened(
            broker.uri(),
            street.settings("  - {id: mast-2, source: \"%s\", loop: true}".formatted(nobody)));
    // The broker is away at first, so that alerts lie on disk for a while.
    try (AgentProcess agent = AgentProcess.run(settings)) {
      exercise.awaitWaiting(2);
      openForWriting = agent.openForWriting();
      copy(exerciseFolder, waiting);
      broker.start();
      tap = BrokerTap.on(broker);
      await().atMost(SOON).until(() -> tap.on(ALERTS).size() >= 2);
      exercise.awaitWaiting(0);
      agent.terminate();
      agent.exitCode();
      said = agent.said();
    }
    await().atMost(SOON).until(() -> tap.on(STATUS).size() >= 2);
    people = PeopleInClip.of(street, pack);
    everybody = new TraceSearch(people.unlisted().and(people.listed()).and(Traces.of(list)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
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
    return ReceivedAlert.parse(message.content());
  }

  @Test
  void noFileHoldsATemplateAFaceOrABoxOfAnybody() throws Exception {
    for (Path state : states) {
      assertThat(everybody.under(state)).isEmpty();
    }
  }

  @Test
  void noFileHoldsAPictureInTheOpen() throws Exception {
    for (Path state : states) {
      assertThat(PictureSearch.under(state)).isEmpty();
    }
  }

  @Test
  void noFileNamesAListedPerson() throws Exception {
    for (Path state : states) {
      try (Stream<Path> files = Files.walk(state)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("S-0001", "S-0002");
        }
      }
    }
  }

  @Test
  void theAgentCanWriteToNoOtherFiles() {
    assertThat(openForWriting)
        .contains(exerciseFolder.resolve("data/sightline.db"))
        .allMatch(file -> file.startsWith(exerciseFolder));
  }

  @Test
  void whatWasLookedThroughHoldsTheLogAheadOfTheDatabaseToo() {
    assertThat(states.get(0).resolve("data/sightline.db-wal")).isNotEmptyFile();
  }

  @Test
  void noMessageHoldsATemplateOrABoxOfAnybodyOrAStrangersFace() {
    TraceSearch search =
        new TraceSearch(people.unlisted().and(people.listed()).withCropsOf(people.unlisted()));
    List<Trace> found = new ArrayList<>();
    for (BrokerTap.Heard message : tap.all()) {
      found.addAll(search.in(message.topic(), message.content()));
      found.addAll(
          search.in(message.topic(), message.properties().getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aStrangersFaceWouldHaveBeenKnownInManyViews() {
    assertThat(people.unlisted().templates()).hasSizeGreaterThan(20);
  }

  @Test
  void theSameSearchKnowsTheFacesThatWerePublished() {
    assertThat(everybody.in(ALERTS, tap.on(ALERTS).get(0).content()))
        .containsExactly(new Trace(Trace.Kind.PICTURE, ALERTS));
  }

  @Test
  void everyPublishedFaceIsAListedPersonsToTheLastBit() throws Exception {
    for (BrokerTap.Heard message : tap.on(ALERTS)) {
      Alert.Match match = alert(message).match();
      assertThat(people.listedProbes()).contains(match.probe().jpeg());
      assertThat(match.moreViews())
          .extracting(FacePicture::jpeg)
          .allSatisfy(view -> assertThat(people.listedProbes()).contains(view));
    }
  }

  @Test
  void theBrokerHeardOfNobodyButTheTwoWhoRaisedAlerts() throws Exception {
    List<Object> subjects = new ArrayList<>();
    for (BrokerTap.Heard message : tap.on(ALERTS)) {
      subjects.add(alert(message).match().subject());
    }
    assertThat(subjects).containsExactlyInAnyOrderElementsOf(GeneratedStreet.LISTED);
    assertThat(tap.topics()).containsExactly(ALERTS, STATUS);
  }

  @Test
  void everyMessageIsAsThePublishedContractSays() {
    assertThat(tap.all())
        .isNotEmpty()
        .allSatisfy(message -> assertThat(AsyncApi.published().faultsIn(message)).isEmpty());
  }

  @Test
  void theStatusSaysNothingAboutAnybody() {
    assertThat(tap.on(STATUS))
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message.text().split(",\"signature\":", 2)[0])
                    .hasSizeLessThan(600)
                    .doesNotContain("S-0001", "S-0002", "subject", "face"));
  }

  @Test
  void theLogNamesNobody() {
    assertThat(said).isNotBlank().doesNotContain("S-0001", "S-0002");
  }
}
