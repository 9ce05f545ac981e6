package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the page calls its figures, and what its modules do alone, in the browser that runs them.
 */
class PageWordsTest {
  @TempDir private static Path folder;
  @AutoClose private static Chromium chromium;
  @AutoClose private static RunningBoard board;
  private static Seat seat;

  @BeforeAll
  static void open() throws Exception {
    chromium = Chromium.launch();
    board = RunningBoard.in(folder);
    seat = chromium.seat(board).loggedInAs(RunningBoard.FIRST);
  }

  private static Object words(String function, Object... arguments) {
    return call("words", function, arguments);
  }

  private static Object call(String module, String function, Object... arguments) {
    return seat.page()
        .evaluate(
            "async ([file, name, given]) => (await import(`/page/${file}.js`))[name](...given)",
            List.of(module, function, List.of(arguments)));
  }

  private static Map<String, Object> view(int eyesPx, double sharpness) {
    return Map.of(
        "rightEye", List.of(10, 20), "leftEye", List.of(10 + eyesPx, 20), "sharpness", sharpness);
  }

  @Test
  void whatAVanMeasuresOfItselfIsOneLineOfWhatIsKnown() {
    Map<String, Object> dead = new HashMap<>();
    dead.put("id", "mast-2");
    dead.put("framesPerSecond", null);
    dead.put("searchedSecondsAgo", 61.2);
    Map<String, Object> figures = new HashMap<>();
    figures.put(
        "cameras",
        List.of(Map.of("id", "mast-1", "framesPerSecond", 12.46, "searchedSecondsAgo", 0.1), dead));
    figures.put("diskFreeMib", 40_960);
    figures.put("celsius", null);

    assertThat(call("figure-words", "figureWords", figures))
        .isEqualTo("mast-1 12.5 frames a second, mast-2, last searched 61 s before, 40.0 GiB free");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "48|0.015|180|0.05|The street picture has 48 px between the eyes, the list picture 180 px. The street picture is blurred. The street picture is shown enlarged, which adds no detail.",
        "90|0.04|100|0.025|The street picture has 90 px between the eyes, the list picture 100 px. The list picture is not quite sharp.",
        "90|0.04|100|0.05|The street picture has 90 px between the eyes, the list picture 100 px.",
      })
  void howThePicturesDifferIsReportedInWords(
      int street, double streetSharpness, int list, double listSharpness, String expected) {
    Map<String, Object> alert =
        Map.of(
            "hasPortrait", true,
            "probeView", view(street, streetSharpness),
            "portraitView", view(list, listSharpness));

    assertThat(call("picture-words", "viewWords", alert)).isEqualTo(expected);
  }

  @Test
  void picturesInWhichTheEyesAreNotKnownAreSaidToBeAsTheyAre() {
    assertThat(
            call(
                "picture-words",
                "viewWords",
                Map.of("hasPortrait", true, "probeView", view(40, 0.1))))
        .isEqualTo("Not turned or scaled to each other: the van did not find the eyes in both.");
  }

  @ParameterizedTest
  @CsvSource({"14999, 0", "15000, 1", "29999, 1", "30000, 2", "60000, 3", "89999, 3", "90000, 4"})
  void anAlertThatNobodyHasLookedAtIsRemindedOfSoonAndThenEveryHalfMinute(long waited, int due) {
    assertThat(call("escalation", "remindersDue", (double) waited)).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    "0.83, 0.62, 0.83, 0.62, +0.21, far above",
    "0.71, 0.62, 0.71, 0.62, +0.09, clearly above",
    "0.64, 0.62, 0.64, 0.62, +0.02, just above",
    "0.6249, 0.62, 0.625, 0.620, +0.005, just above",
    "0.62, 0.62, 0.620, 0.620, +0.000, exactly at",
    "0.50, 0.62, 0.50, 0.62, −0.12, below",
    // The same difference is less where a threshold leaves more room.
    "0.44, 0.35, 0.44, 0.35, +0.09, just above",
    "0.50, 0.35, 0.50, 0.35, +0.15, clearly above",
    "1, 0.35, 1.00, 0.35, +0.65, far above",
    "-0.2, -0.5, −0.20, −0.50, +0.30, clearly above",
  })
  void aSimilarityIsShownAgainstItsThreshold(
      double similarity,
      double threshold,
      String figure,
      String limit,
      String difference,
      String verdict) {
    assertThat(words("similarityWords", similarity, threshold))
        .isEqualTo(
            Map.of(
                "figure",
                figure,
                "threshold",
                limit,
                "difference",
                difference,
                "verdict",
                verdict));
  }

  @Test
  void theStrengthOfAMatchIsShownInPeople() {
    Map<String, Object> strength =
        Map.of("falseAlertsPer1000Faces", 0.0041, "upper95", 0.021, "extrapolated", false);

    assertThat(words("strengthWords", strength))
        .isEqualTo(
            "Of people who are not on this list, about one in 240,000 would be so alike, perhaps"
                + " one in 48,000.");
  }

  @Test
  void aStrengthThatWasNotMeasuredIsShownAsSuch() {
    Map<String, Object> strength =
        Map.of("falseAlertsPer1000Faces", 0.5, "upper95", 2, "extrapolated", true);

    assertThat(words("strengthWords", strength))
        .asString()
        .contains("one in 2,000")
        .endsWith("So rare a thing was not measured: it follows from what was.");
  }

  @Test
  void aVanWithoutACalibrationSaysNothingOfStrength() {
    assertThat(words("strengthWords", false)).isEqualTo("");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 50", "0.5, 75", "1, 100", "1.2, 100", "-3, 0"})
  void aCosineHasAPlaceOnTheScale(double cosine, double percent) {
    assertThat(((Number) words("percentOfScale", cosine)).doubleValue()).isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource({"-5, 0:00", "7999, 0:07", "60000, 1:00", "725000, 12:05", "3730000, 1:02:10"})
  void anAgeCountsUpByTheSecond(int millis, String clock) {
    assertThat(words("clock", millis)).isEqualTo(clock);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0 s",
    "59999, 59 s",
    "60000, 1 min",
    "3599999, 59 min",
    "7500000, 2 h 05 min",
    "86340000, 23 h 59 min",
    "172800000, 2 d"
  })
  void aLengthOfTimeIsRoundedDown(int millis, String duration) {
    assertThat(words("duration", millis)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "destruction-failed, The watchlist could not be destroyed",
    "not-deleted-alert-outcomes, Not deleted on schedule: alert outcomes",
    "outcomes-unheard, It cannot hear outcomes",
    "no-control-room, No control room may have its alerts: the keys were revoked",
    "something-new, something new",
  })
  void anAlarmIsWords(String slug, String words) {
    assertThat(words("alarmWords", slug)).isEqualTo(words);
  }

  @Test
  void aPauseIsSaidWithForHowLongAndWhy() {
    assertThat(call("pause-words", "pauseWords", Map.of("reason", "officers-away"), 720_000))
        .isEqualTo("Paused for 12 min: officers away");
  }

  @Test
  void aVanThatIsNotHeardIsNotCalledPaused() {
    Map<String, Object> pause = Map.of("reason", "officers-away");
    assertThat(call("pause-words", "isPaused", Map.of("state", "online", "paused", pause)))
        .isEqualTo(true);
    assertThat(call("pause-words", "isPaused", Map.of("state", "silent", "paused", pause)))
        .isEqualTo(false);
  }

  @Test
  void aVanShowsItsGravestTroubleFirst() {
    assertThat(
            words(
                "vanRemarks",
                Map.of("state", "silent", "alarms", List.of("destruction-failed"), "queued", 1)))
        .isEqualTo(
            List.of(
                "When last heard: The watchlist could not be destroyed",
                "It said it was online, but nothing is heard of it",
                "1 alert waiting to be sent"));
  }

  @ParameterizedTest
  @CsvSource({
    "7500000, 'lapses in 2 h 05 min, at 2026-11-25T09:00:00Z'",
    "-60000, 'lapsed 1 min ago, at 2026-11-25T09:00:00Z'"
  })
  void anUrgentAuthorisationIsShownWithTheTimeThatIsLeft(int leftMillis, String words) {
    Map<String, Object> van =
        Map.of(
            "state",
            "online",
            "alarms",
            List.of(),
            "queued",
            0,
            "lapses",
            "2026-11-25T09:00:00Z",
            "lapsesAt",
            1000 + leftMillis);
    assertThat(call("words", "vanRemarks", van, 1000))
        .isEqualTo(List.of("Urgent, confirmed by nobody: " + words));
  }

  @Test
  void aVanThatSealsForAnotherRoomIsInTroubleAndSaysSo() {
    Map<String, Object> van =
        Map.of("state", "online", "alarms", List.of(), "queued", 0, "sealsElsewhere", true);
    assertThat(words("vanRemarks", van))
        .isEqualTo(
            List.of(
                "Its alerts are sealed for another control room: none of them can be read here"));
    assertThat(words("inTrouble", van)).isEqualTo(true);
    assertThat(words("isUnreadable", van)).isEqualTo(true);
  }

  @Test
  void aCameraThatDoesNotSeeIsSaidFirstAndByItsName() {
    assertThat(
            words(
                "vanRemarks",
                Map.of(
                    "state",
                    "online",
                    "alarms",
                    List.of("disk-low", "camera-covered"),
                    "cameras",
                    List.of(Map.of("id", "mast-2", "alarms", List.of("camera-covered"))),
                    "queued",
                    0)))
        .isEqualTo(
            List.of("NOT SEEING: Camera mast-2 is covered: its picture is flat", "disk low"));
  }

  @Test
  void aVanThatDoesNotSayWhichCameraHasOneThatDoesNotSee() {
    assertThat(
            words(
                "vanRemarks",
                Map.of("state", "online", "alarms", List.of("camera-without-frames"), "queued", 0)))
        .isEqualTo(List.of("NOT SEEING: A camera sends no pictures"));
  }

  @Test
  void eventsAreReadFromPiecesOfAnySize() {
    List<?> events =
        seat.list(
            """
            async () => {
              const {EventReader} = await import("/page/event-reader.js");
              const stream = ":\\n\\nevent: van\\r\\ndata: {\\"a\\":\\ndata: 1}\\n\\ndata:x\\n\\n";
              return [1, 2, 5, 100].map((size) => {
                const heard = [];
                const reader = new EventReader((name, data) => heard.push(`${name}=${data}`));
                for (let i = 0; i < stream.length; i += size) {
                  reader.read(stream.slice(i, i + size));
                }
                return heard.join(";");
              });
            }
            """);

    assertThat(events).hasSize(4).allMatch(heard -> heard.equals("van={\"a\":\n1};message=x"));
  }

  private static Map<String, Object> open(
      String id, String subject, double bornAt, double staleAt, int urgency) {
    Map<String, Object> alert =
        new HashMap<>(
            Map.of(
                "id", id,
                "readable", true,
                "deployment", "D-1",
                "subject", subject,
                "bornAt", bornAt,
                "staleAt", staleAt));
    if (urgency > 0) {
      alert.put("response", Map.of("urgency", urgency));
    }
    return alert;
  }

  /** The ids of a list's rows; those of one group are joined. */
  private static Object order(double now, List<Map<String, Object>> alerts) {
    return seat.page()
        .evaluate(
            """
            async ([alerts, now]) => (await import("/page/order.js")).grouped(alerts, now)
              .map((group) => group.alerts.map(({id}) => id).join("+"))
            """,
            List.of(alerts, now));
  }

  @Test
  void theMostUrgentStandsFirstAndOfOneUrgencyWhatTurnsStaleNext() {
    assertThat(
            order(
                100,
                List.of(
                    open("late", "S-1", 90, 190, 3),
                    open("soon", "S-2", 50, 150, 3),
                    open("urgent", "S-3", 95, 195, 1))))
        .isEqualTo(List.of("urgent", "soon", "late"));
  }

  @Test
  void whatIsStaleStandsBelowAllThatIsNotNewestFirst() {
    assertThat(
            order(
                100,
                List.of(
                    open("older", "S-1", 10, 20, 1),
                    open("stale", "S-2", 40, 100, 1),
                    open("fresh", "S-3", 90, 190, 9))))
        .isEqualTo(List.of("fresh", "stale", "older"));
  }

  @Test
  void anAlertWithoutAPolicyStandsInTheMiddle() {
    assertThat(
            order(
                100,
                List.of(
                    open("last", "S-1", 90, 190, 6),
                    open("none", "S-2", 90, 190, 0),
                    open("first", "S-3", 90, 190, 4))))
        .isEqualTo(List.of("first", "none", "last"));
  }

  @Test
  void alertsOfOneSubjectAreOneGroupThatItsNewestStandsFor() {
    assertThat(
            order(
                100,
                List.of(
                    open("a1", "S-1", 10, 20, 3),
                    open("b", "S-2", 50, 150, 3),
                    open("a2", "S-1", 95, 195, 3))))
        .isEqualTo(List.of("b", "a2+a1"));
  }

  private static Object rows(boolean open, String selected) {
    return seat.page()
        .evaluate(
            """
            async ([alerts, open, selected]) => {
              const {grouped, rowsOf} = await import("/page/order.js");
              return rowsOf(grouped(alerts, 100), () => open, selected)
                .map(({alert, of, first}) => `${alert.id} ${of.length} ${first}`);
            }
            """,
            List.of(
                List.of(open("a1", "S-1", 10, 20, 3), open("a2", "S-1", 95, 195, 3)),
                open,
                selected));
  }

  @Test
  void ofAGroupTheFirstIsShownUntilItIsOpenedOrAnotherOfItIsLookedAt() {
    assertThat(rows(false, "a2")).isEqualTo(List.of("a2 2 true"));
    assertThat(rows(true, "a2")).isEqualTo(List.of("a2 2 true", "a1 2 false"));
    assertThat(rows(false, "a1")).isEqualTo(List.of("a2 2 true", "a1 2 false"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | false | false | 3 alerts of this subject – show all",
        "2 | false | false | 3 alerts of this subject, 2 new – show all",
        "2 | true | false | 3 alerts of this subject – fold",
        "2 | true | true | 3 alerts of this subject – fold and show the newest",
      })
  void theButtonOfAGroupSaysWhatIsNewInItAndWhatItDoes(
      int fresh, boolean open, boolean held, String expected) {
    assertThat(words("groupWords", 3, fresh, open, held)).isEqualTo(expected);
  }

  @Test
  void whatHasTheFocusKeepsItWhenTheOrderChanges() {
    assertThat(
            seat.list(
                """
                async () => {
                  const {KeyedChildren} = await import("/page/dom.js");
                  const parent = document.body.appendChild(document.createElement("div"));
                  const children = new KeyedChildren(parent, (key) => {
                    const button = document.createElement("button");
                    button.textContent = key;
                    return button;
                  });
                  const arrange = (keys) => children.arrange([...keys], (key) => key, () => {});
                  arrange("abcd");
                  children.element("c").focus();
                  const seen = ["cabd", "abdc", "dxcb"].map((keys) => {
                    arrange(keys);
                    return `${parent.textContent} ${document.activeElement.textContent}`;
                  });
                  parent.remove();
                  return seen;
                }
                """))
        .isEqualTo(List.of("cabd c", "abdc c", "dxcb c"));
  }

  /**
   * Whether a picture of an alert is asked for: while locked, afterwards, once that has failed, and
   * when it is tried again.
   *
   * @param module of a class that keeps pictures
   * @param image what it shows of an alert
   */
  private static Object askedFor(String module, String image) {
    return seat.list(
        """
        async () => {
          const {dataset} = document.documentElement;
          const alert = {id: crypto.randomUUID(), readable: true};
          const pictures = new (Object.values(await import("/page/%s.js"))
            .find((part) => part.prototype?.retry))();
          const image = () => pictures.%s;
          const asked = [];
          const keep = () => {
            pictures.keep([alert]);
            asked.push(image()?.getAttribute("src") === `/api/alerts/${alert.id}/probe`);
          };
          dataset.locked = "yes";
          keep();
          delete dataset.locked;
          pictures.retry();
          keep();
          const failed = image();
          document.body.prepend(failed); // A lazy one is loaded where it is seen.
          await new Promise((resolve) => failed.addEventListener("error", resolve));
          keep();
          pictures.retry();
          keep();
          pictures.keep([]);
          return asked;
        }
        """
            .formatted(module, image));
  }

  @Test
  void aLockedDeskAsksForNoPictureAndWhatFailedIsAskedForAfterwards() {
    assertThat(askedFor("pictures", "of(alert).probe.querySelector('img')"))
        .isEqualTo(List.of(false, true, false, true));
  }

  @Test
  void aLockedDeskAsksForNoFaceOfTheListAndWhatFailedIsAskedForAfterwards() {
    assertThat(askedFor("thumbnails", "of(alert.id)")).isEqualTo(List.of(false, true, false, true));
  }

  @Test
  void whatIsUrgentIsHeardRightAfterAReminder() {
    seat.page().click("#list-title");

    assertThat(
            seat.list(
                """
                async () => {
                  const {Signal} = await import("/page/signal.js");
                  const signal = await new Promise((resolve) => {
                    const made = new Signal(true, () => made.state === "on" && resolve(made));
                  });
                  const Oscillator = window.OscillatorNode;
                  let pitches = [];
                  window.OscillatorNode = class extends Oscillator {
                    start(at) { pitches.push(this.frequency.value); super.start(at); }
                  };
                  signal.sound("urgent");
                  signal.remind(1);
                  pitches = [];
                  signal.sound("urgent");
                  window.OscillatorNode = Oscillator;
                  return pitches;
                }
                """))
        .isEqualTo(List.of(784, 988, 1175));
  }

  @Test
  void inANarrowWindowTheSentenceOfTheFigureStandsBelowIt() {
    seat.page().setViewportSize(390, 844);

    Object below =
        seat.page()
            .evaluate(
                """
                () => {
                  const box = document.getElementById("whereabouts").cloneNode(true);
                  document.body.prepend(box);
                  box.hidden = false;
                  const figure = box.querySelector("figure");
                  figure.hidden = false;
                  figure.querySelector("#figure").style.inlineSize = "120px";
                  const sentence = box.querySelector("p");
                  sentence.textContent = "In view now, walking towards the camera";
                  const above = figure.getBoundingClientRect();
                  const below = sentence.getBoundingClientRect().top >= above.bottom;
                  box.remove();
                  return below;
                }
                """);

    seat.page().setViewportSize(1440, 900);
    assertThat(below).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource({"7499, 0", "7500, 1", "15000, 2", "30000, 3", "45000, 4"})
  void whatIsUrgentIsRemindedOfInHalfTheTime(long waited, int due) {
    assertThat(call("escalation", "remindersDue", (double) waited, "urgent")).isEqualTo(due);
  }

  private static Object reminders(String sound) {
    return seat.page()
        .evaluate(
            """
            async (sound) => {
              const {Escalation} = await import("/page/escalation.js");
              const heard = [];
              const escalation = new Escalation((sentence, loudness) => heard.push(loudness));
              const alert = {id: "1", sentAt: 0, staleAt: 99000, response: {sound}};
              return [escalation.tick([alert], 16000) !== "", ...heard];
            }
            """,
            sound);
  }

  @Test
  void whatIsSilentIsRemindedOfWithoutBeingHeard() {
    assertThat(reminders("soft")).isEqualTo(List.of(true, 1));
    assertThat(reminders("silent")).isEqualTo(List.of(true, 0));
  }

  @Test
  void aColourIsNeverWithoutItsCategory() {
    assertThat(
            words(
                "categoryWords",
                Map.of("category", "wanted", "response", Map.of("colour", "amber"))))
        .isEqualTo("Amber: wanted");
  }

  @ParameterizedTest
  @CsvSource({
    "waiting,waits for the broker",
    "sent,not confirmed by the van yet",
    "not-stored,'the van could not record it yet, and tries again'",
    "not-the-last,the van did not record it: another statement came first",
  })
  void nothingThatIsStatedIsCalledRecordedBeforeTheVanHasConfirmedIt(
      String delivery, String expected) {
    assertThat(call("statement", "deliveryWords", delivery)).isEqualTo(expected);
  }

  @Test
  void afterAnAnswerThatSaysNothingTheOfficerIsToLook() {
    assertThat(call("statement", "troubleWords", Map.of("status", 503), Map.of()))
        .isEqualTo("No answer: look whether it is stated.");
  }

  @Test
  void whatIsStoredAndNotShownIsSaidInWords() {
    assertThat(call("stored-words", "storedWords", Map.of("settled", 0, "awaited", 0)))
        .isEqualTo(List.of());
    assertThat(
            call(
                "stored-words",
                "storedWords",
                Map.of("settled", 1200, "awaited", 1, "complete", true)))
        .isEqualTo(
            List.of(
                "1,200 earlier alerts, judged and confirmed, are stored and no longer shown or"
                    + " counted here.",
                "1 earlier alert that still waits for the van, or for what became of it, is"
                    + " stored and no longer shown or counted here."));
  }

  @Test
  void whatTheBoardHasNotLookedAtYetMayStillWait() {
    assertThat(
            call(
                "stored-words",
                "storedWords",
                Map.of("settled", 0, "awaited", 12_000, "complete", false)))
        .asString()
        .contains("12,000 earlier alerts that may still wait for the van");
  }

  private static Map<String, Object> van(String van, Object... test) {
    return test.length == 0
        ? Map.of("van", van)
        : Map.of(
            "van", van, "test", Map.of("state", test[0], "askedAt", test[1], "tookMillis", 40));
  }

  private List<?> testParts(List<Map<String, Object>> vans, int now) {
    return ((List<?>) call("van-tests", "vanTestParts", vans, now))
        .stream().map(part -> ((Map<?, ?>) part).get("text")).toList();
  }

  @Test
  void theLineOfReadinessNamesTheVansOfWhichNoTestAlertCameInThisShift() {
    int hour = 3_600_000;

    assertThat(
            testParts(
                List.of(
                    van("van-1", "arrived", 10 * hour),
                    van("van-2", "arrived", 12 * hour),
                    van("van-3", "not-there", 12 * hour),
                    van("van-4"),
                    van("van-5", "arrived", 0)),
                13 * hour))
        .isEqualTo(
            List.of(
                "test alerts of this shift from 2 of 5 vans, the oldest 3 h 00 min ago, none from"
                    + " van-3, van-4, van-5"));
  }

  @Test
  void aTestAlertThatWasNotSentIsNotCalledUnanswered() {
    assertThat(testParts(List.of(van("van-1", "not-sent", 0), van("van-2", "missing", 0)), 12_000))
        .isEqualTo(
            List.of(
                "van-2: no answer to the test alert for 12 s",
                "van-1: test alert not sent",
                "test alerts of this shift from 0 of 2 vans"));
  }

  @Test
  void aTestAlertThatIsAwaitedIsNotCalledNone() {
    assertThat(testParts(List.of(van("van-1", "asked", 0), van("van-2")), 3_000))
        .isEqualTo(
            List.of(
                "test alerts of this shift from 0 of 2 vans, awaited from van-1, none from van-2"));
  }

  @Test
  void ofARequestThatWasNotSentItIsNotSaidThatTheBrokerWasAsked() {
    assertThat(call("van-tests", "vanTestWords", van("van-1", "not-sent", 0), 12_000))
        .isEqualTo("Test alert was not sent, asked for 12 s ago");
  }
}
