package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.StreetTruth.Passer;
import org.sightline.edge.testing.ConsoleDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The deployment of two vans as docs/two-vans.md describes it, command by command; and what the
 * vans counted is what is known of the streets, because they were drawn.
 */
class TwoVansDocumentIT {
  private static final String MORNING = "mast-1";
  private static final String AFTERNOON = "mast-2";
  private static final String MAST = "mast-1";

  /** As the settings of the vans and the zone have it. */
  private static final int SMALLEST_FACE_PX = 40;

  private static final double ZONE = 0.6;
  private static final double WHOLE_VIEW = 1;

  /**
   * Who is on the list, by the generator's references; the pictures of one were filed as S-0007.
   */
  private static final Map<String, String> LISTED_AS =
      Map.of("S-0001", "S-0001", "S-0002", "S-0002", "S-0003", "S-0003", "S-0005", "S-0007");

  private static final String WITHDRAWN = "S-0003";
  private static final String WRONG_PICTURES = "S-0007";

  @TempDir static Path folder;
  private static DocumentRun run;

  @BeforeAll
  static void runIt() throws Exception {
    run =
        DocumentRun.of("two-vans.md", Map.of("127.0.0.1:8080", "127.0.0.1:" + freePort()), folder);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandPrintsWhatIsShown() {
    return run.everyCommandPrintsWhatIsShown();
  }

  @Test
  void aFaceIsSeenOfEachPasserWhoCameNearWithinTheZone() {
    assertThat(figures("van-7").at("/counts/facesSeen").asInt())
        .isEqualTo(withinZone(MORNING).size() + withinZone(AFTERNOON).size());
  }

  @Test
  void whoIsListedWithinTheZoneRaisesAnAlertUntilWithdrawnOrFoundFalse() throws Exception {
    List<String> morning = listed(MORNING);
    List<String> afternoon =
        listed(AFTERNOON).stream()
            .filter(subject -> !subject.equals(WITHDRAWN) && !subject.equals(WRONG_PICTURES))
            .toList();

    assertThat(alerted()).isEqualTo(Stream.of(morning, afternoon).flatMap(List::stream).toList());
    assertThat(figures("van-7").at("/counts/alerts").asInt())
        .isEqualTo(morning.size() + afternoon.size());
    assertThat(figures("van-8").at("/counts/alerts").asInt()).isZero();
  }

  @Test
  void theOutcomesAreWhoTheyReallyWere() {
    List<String> morning = listed(MORNING);
    JsonNode outcomes = figures("van-7").get("outcomes");

    assertThat(outcomes.get("wrong").asLong())
        .isEqualTo(morning.stream().filter(WRONG_PICTURES::equals).count());
    assertThat(outcomes.get("correct").asLong())
        .isEqualTo(morning.stream().filter(subject -> !subject.equals(WRONG_PICTURES)).count());
    assertThat(outcomes.get("open").asInt()).isEqualTo(1);
  }

  @Test
  void bothBoxesHaveTakenWhomWasFoundOffTheList() {
    assertThat(figures("van-7").get("entriesWithdrawn").asInt()).isEqualTo(1);
    assertThat(figures("van-8").get("entriesWithdrawn").asInt()).isEqualTo(1);
  }

  @Test
  void everyFrameOfBothClipsIsInTheRecord() {
    StreetTruth north = scene("north");

    assertThat(figures("van-7").at("/counts/frames").asLong())
        .isEqualTo(north.frames(MORNING) + north.frames(AFTERNOON));
  }

  @Test
  void theThresholdInTheRecordIsTheAuthorisedFloor() {
    JsonNode threshold = figures("van-7").at("/thresholds/0");

    assertThat(threshold.get("cosine").asDouble()).isEqualTo(0.78);
    assertThat(threshold.get("reason").asString()).isEqualTo("the authorised floor");
  }

  @Test
  void eachPauseIsInTheRecordWithItsReason() {
    assertThat(figures("van-7").at("/time/pauses/0/reason").asString()).isEqualTo("officers-away");
    assertThat(figures("van-8").at("/time/pauses/0/reason").asString()).isEqualTo("technical");
  }

  @Test
  void everyAnnouncedPassThatTookPlaceIsRecognisedAndNoOther() {
    StreetTruth south = scene("south");
    assertThat(south.passers(MAST)).extracting(Passer::listed).containsExactly("S-0001");

    JsonNode rate = merged().at("/total/walks/inAll");
    assertThat(rate.get("count").asInt()).isEqualTo(2);
    assertThat(rate.get("of").asInt()).isEqualTo(3);
  }

  @Test
  void theVanWhoseClipGoesRoundSeesAllWhoPassEachRound() {
    StreetTruth south = scene("south");
    int passers = south.passers(MAST, SMALLEST_FACE_PX, WHOLE_VIEW).size();
    long rounds = figures("van-8").at("/counts/frames").asLong() / south.frames(MAST);

    assertThat(figures("van-8").at("/counts/facesSeen").asLong())
        .isBetween(rounds * passers, (rounds + 1) * passers);
  }

  @Test
  void theMergedRecordIsTheSumOfBothBoxes() {
    for (String count : List.of("/counts/frames", "/counts/facesSeen", "/counts/alerts")) {
      assertThat(merged().at("/total" + count).asLong())
          .as(count)
          .isEqualTo(figures("van-7").at(count).asLong() + figures("van-8").at(count).asLong());
    }
    JsonNode falseAlerts = merged().at("/total/falseAlertsPerAlert");
    List<String> judged = listed(MORNING);
    assertThat(falseAlerts.get("count").asLong())
        .isEqualTo(judged.stream().filter(WRONG_PICTURES::equals).count());
    assertThat(falseAlerts.get("of").asInt()).isEqualTo(judged.size());
  }

  private static List<Passer> withinZone(String clip) {
    return scene("north").passers(clip, SMALLEST_FACE_PX, ZONE);
  }

  /** By the references of the list, in the order in which they walked by. */
  private static List<String> listed(String clip) {
    return withinZone(clip).stream()
        .filter(passer -> LISTED_AS.containsKey(passer.listed()))
        .map(passer -> LISTED_AS.get(passer.listed()))
        .toList();
  }

  /** Whom the alerts are about that the control room received. */
  private static List<String> alerted() throws Exception {
    return Files.readAllLines(work().resolve("alerts.jsonl")).stream()
        .filter(line -> !line.isEmpty())
        .map(line -> JsonMapper.shared().readTree(line).get("subject").asString())
        .toList();
  }

  private static JsonNode figures(String van) {
    return merged()
        .get("boxes")
        .valueStream()
        .filter(box -> box.get("van").asString().equals(van))
        .findFirst()
        .orElseThrow()
        .get("figures");
  }

  private static JsonNode merged() {
    return JsonMapper.shared().readTree(work().resolve("D-7.merged").toFile());
  }

  private static StreetTruth scene(String name) {
    return StreetTruth.read(work().resolve(name));
  }

  private static Path work() {
    return folder.resolve(ConsoleDocument.WORK);
  }
}
