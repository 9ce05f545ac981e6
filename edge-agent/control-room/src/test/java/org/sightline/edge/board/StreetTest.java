package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SampleAlert;
import tools.jackson.databind.JsonNode;

/** Officers in the street, with a real board and broker. */
@Execution(ExecutionMode.CONCURRENT)
class StreetTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String OUTCOMES = "sightline/v1/" + Alerts.VAN + "/outcomes";
  private static final String NOT_THEM =
      "\"engaged\":\"stopped\",\"result\":\"false\",\"action\":\"no-action\",\"minutes\":3";
  private static final String ARRESTED =
      "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"arrested\",\"minutes\":9";

  @AutoClose private RunningBoard room;
  private Officer desk;
  private Officer street;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
    street = room.inStreet("street-1");
    desk = room.officer();
  }

  private UUID judged(String outcome) throws Exception {
    UUID alert = room.alertWithGroups("S-1", List.of(new StatedGroup("A1", "Asian - Indian")));
    assertThat(desk.judges(alert, outcome).statusCode()).isEqualTo(200);
    return alert;
  }

  private UUID taken() throws Exception {
    UUID alert = judged("true");
    assertThat(act(street, alert, "take")).isEqualTo(204);
    return alert;
  }

  private static int act(Officer officer, UUID alert, String what) throws Exception {
    return post(officer, "/api/street/" + alert + "/" + what, "{}");
  }

  /** The token of a page in the street comes with its list. */
  private static int post(Officer officer, String path, String body) throws Exception {
    JsonNode list = Officer.json(officer.get("/api/street"));
    String csrf = list.has("csrf") ? list.required("csrf").stringValue() : officer.csrf();
    return officer
        .send(
            officer
                .to(path)
                .header("Content-Type", "application/json")
                .header("X-CSRF-Token", csrf)
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static int states(Officer officer, UUID alert, String statement) throws Exception {
    return post(officer, "/api/street/" + alert + "/engagement", "{" + statement + "}");
  }

  private static int statesAtDesk(Officer officer, UUID alert, String statement) throws Exception {
    return post(officer, "/api/alerts/" + alert + "/engagement", "{" + statement + "}");
  }

  private static JsonNode shownTo(Officer officer) throws Exception {
    return officer.json("/api/street").required("alerts");
  }

  private static int picture(Officer officer, UUID alert) throws Exception {
    return officer.get("/api/street/" + alert + "/probe").statusCode();
  }

  private List<EngagementMessage> sent() {
    return room.tap.on(OUTCOMES).stream()
        .flatMap(
            message -> EngagementMessage.read(message.content(), room.keys.identity()).stream())
        .toList();
  }

  private EngagementMessage awaitSent(int number) {
    await().atMost(SOON).until(() -> sent().size() >= number);
    return sent().get(number - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/session", "/api/events", "/api/shift", "/api/officers"})
  void nothingOfADeskIsThereForAnOfficerInTheStreet(String path) throws Exception {
    assertThat(street.get(path).statusCode()).isEqualTo(403);
  }

  @Test
  void anOfficerInTheStreetSeesNoPictureOfADeskAndJudgesNothing() throws Exception {
    UUID alert = room.alert("S-1");

    assertThat(street.get("/api/alerts/" + alert + "/probe").statusCode()).isEqualTo(403);
    for (String what : List.of("outcome", "claim", "seen", "release", "hand-over", "engagement")) {
      assertThat(post(street, "/api/alerts/" + alert + "/" + what, "{}")).isEqualTo(403);
    }
  }

  @Test
  void nothingOfTheStreetIsThereForADesk() throws Exception {
    UUID alert = taken();

    assertThat(desk.get("/api/street").statusCode()).isEqualTo(403);
    assertThat(picture(desk, alert)).isEqualTo(403);
    assertThat(act(desk, alert, "take")).isEqualTo(403);
  }

  @Test
  void thePhoneOfWhoGoesSaysThatTheSubjectIsOffTheList() throws Exception {
    UUID alert = taken();

    room.tap.publish(
        "sightline/v1/" + Alerts.VAN + "/receipts",
        Alerts.DEVICE.signMessage(
            WithdrawnAlert.SIGNED_TYPE, new WithdrawnAlert(alert).encode(Alerts.VAN)));

    await()
        .atMost(SOON)
        .until(() -> shownTo(street).required(0).required("withdrawn").booleanValue());
  }

  @Test
  void eachRoleHasAPageOfItsOwn() throws Exception {
    assertThat(street.get("/").headers().firstValue("Location")).hasValue("/street");
    assertThat(desk.get("/street").headers().firstValue("Location")).hasValue("/");
    assertThat(street.get("/street").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "unresolved"})
  void nobodyIsSentToAnAlertThatWasNotJudgedTrue(String outcome) throws Exception {
    UUID alert = judged(outcome);

    assertThat(shownTo(street)).isEmpty();
    assertThat(act(street, alert, "take")).isEqualTo(409);
  }

  @Test
  void nobodyIsSentToAnAlertThatNobodyHasJudged() throws Exception {
    UUID alert = room.alert("S-1");

    assertThat(shownTo(street)).isEmpty();
    assertThat(act(street, alert, "take")).isEqualTo(409);
  }

  @Test
  void whoItMayBeIsShownOnlyToTheOfficerWhoGoes() throws Exception {
    UUID alert = judged("true");
    Officer other = room.inStreet("street-2");
    assertThat(shownTo(street).required(0).has("subject")).isFalse();
    assertThat(picture(street, alert)).isEqualTo(404);

    assertThat(act(street, alert, "take")).isEqualTo(204);

    assertThat(shownTo(street).required(0).required("subject").stringValue()).isEqualTo("S-1");
    assertThat(picture(street, alert)).isEqualTo(200);
    assertThat(shownTo(other)).isEmpty();
    assertThat(picture(other, alert)).isEqualTo(404);
    assertThat(act(other, alert, "take")).isEqualTo(409);
    assertThat(states(other, alert, NOT_THEM)).isEqualTo(409);
  }

  @Test
  void whatToDoIsShownToTheOfficerWhoGoes() throws Exception {
    UUID alert =
        room.alert(
            SampleAlert.about("S-1")
                .response(
                    new Response(
                        Response.Colour.RED,
                        1,
                        "Arrest. Two officers.",
                        "Desk 4",
                        Response.Sound.URGENT,
                        false))
                .presentationCheck(new PresentationCheck(0.1, 0.5, "retail-0095"))
                .build());
    desk.judges(alert, "true");
    assertThat(shownTo(street).required(0).has("response")).isFalse();

    act(street, alert, "take");

    JsonNode shown = shownTo(street).required(0);
    assertThat(shown.required("response").required("colour")).hasToString("\"red\"");
    assertThat(shown.required("response").required("instruction"))
        .hasToString("\"Arrest. Two officers.\"");
    assertThat(shown.required("response").required("contact")).hasToString("\"Desk 4\"");
    assertThat(shown.required("maybePicture").booleanValue()).isTrue();
  }

  @Test
  void anOfficerWhoDoesNotGoAfterAllIsShownNothingMore() throws Exception {
    UUID alert = taken();

    assertThat(act(street, alert, "release")).isEqualTo(204);

    assertThat(shownTo(street).required(0).has("subject")).isFalse();
    assertThat(picture(street, alert)).isEqualTo(404);
    assertThat(act(street, alert, "release")).isEqualTo(409);
  }

  @Test
  void thePicturesOfAnAlertThatNobodyTakesAreGoneOnceItIsStale() throws Exception {
    judged("true");
    await().atMost(SOON).until(() -> !room.tap.on(OUTCOMES).isEmpty());

    room.clock.shift(AlertTerms.DEFAULT.staleAfter());

    await().atMost(SOON).untilAsserted(() -> assertThat(picturesKept()).isZero());
  }

  @Test
  void whatBecameOfItIsSentSignedWithAGroupThatTheVanAloneReads() throws Exception {
    UUID alert = taken();

    assertThat(states(street, alert, NOT_THEM + ",\"group\":\"A1\",\"note\":\"polite\""))
        .isEqualTo(204);

    EngagementMessage sent = awaitSent(1);
    assertThat(sent.found())
        .isEqualTo(Engagement.stopped(Outcome.FALSE, Engagement.Action.NO_ACTION, 3));
    assertThat(sent.by().reference()).isEqualTo("street-1");
    assertThat(sent.group().code(alert, Alerts.DEVICE)).contains("A1");
    assertThat(shownTo(street).toString()).doesNotContain("\"group\":");
  }

  @Test
  void aGroupThatTheAuthorisationDoesNotNameIsRefused() throws Exception {
    assertThat(states(street, taken(), NOT_THEM + ",\"group\":\"B2\"")).isEqualTo(409);
  }

  @Test
  void thePicturesAreGoneOnceItIsStatedWhatBecameOfIt() throws Exception {
    UUID alert = taken();
    states(street, alert, NOT_THEM);
    awaitSent(1);

    assertThat(picture(street, alert)).isEqualTo(404);
    assertThat(shownTo(street).required(0).has("subject")).isFalse();
    assertThat(picturesKept()).isZero();
  }

  @Test
  void thePicturesAreGoneAfterAQuarterOfAnHourInAnyCase() throws Exception {
    UUID alert = taken();
    await().atMost(SOON).until(() -> !room.tap.on(OUTCOMES).isEmpty());

    room.clock.shift(Duration.ofMinutes(15));

    await().atMost(SOON).untilAsserted(() -> assertThat(picturesKept()).isZero());
    Officer again = room.officer("street-1");
    assertThat(picture(again, alert)).isEqualTo(404);
  }

  private long picturesKept() throws Exception {
    try (Database database = Database.open(room.database(), Schema.BOARD)) {
      return database.query("SELECT 1 FROM open_alert WHERE event IS NOT NULL", row -> 1).size();
    }
  }

  @Test
  void aLockedPhoneGetsNothing() throws Exception {
    UUID alert = taken();
    post(street, "/api/street/lock", "{}");

    assertThat(street.get("/api/street").statusCode()).isEqualTo(423);
    assertThat(picture(street, alert)).isEqualTo(423);
  }

  @Test
  void sinceWhenThePersonIsStoppedIsKnownAgainAfterARestart() throws Exception {
    UUID alert = taken();
    assertThat(act(street, alert, "stopped")).isEqualTo(204);
    room.clock.shift(Duration.ofMinutes(4));

    room.stop();
    room.start();

    assertThat(shownTo(room.officer("street-1")).required(0).required("stoppedMillis").longValue())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(4).toMillis());
  }

  private static String corrects(EngagementMessage before, String reason) {
    return ",\"corrects\":\"" + before.id() + "\",\"reason\":" + reason;
  }

  @Test
  void aCorrectionNamesWhatItCorrectsAndTakesTheGroupAlong() throws Exception {
    UUID alert = taken();
    states(street, alert, NOT_THEM + ",\"group\":\"A1\"");
    EngagementMessage first = awaitSent(1);

    assertThat(states(street, alert, ARRESTED + corrects(first, "\"wrong button\"")))
        .isEqualTo(204);

    EngagementMessage second = awaitSent(2);
    assertThat(second.correction())
        .isEqualTo(new EngagementMessage.Correction(first.id(), false, first.group()));
    assertThat(second.group()).isEqualTo(first.group());
  }

  @Test
  void aCorrectionTakesTheGroupBackOnlyIfThatIsStated() throws Exception {
    UUID alert = taken();
    states(street, alert, NOT_THEM + ",\"group\":\"A1\"");
    EngagementMessage first = awaitSent(1);

    states(
        street,
        alert,
        NOT_THEM + ",\"withoutGroup\":true" + corrects(first, "\"they did not state it\""));

    assertThat(awaitSent(2).group()).isNull();
  }

  @Test
  void aGroupIsNotStatedAndTakenBackAtOnce() throws Exception {
    assertThat(states(street, taken(), NOT_THEM + ",\"group\":\"A1\",\"withoutGroup\":true"))
        .isEqualTo(400);
  }

  @Test
  void aCorrectionNeedsAReason() throws Exception {
    UUID alert = taken();
    states(street, alert, NOT_THEM);

    assertThat(states(street, alert, ARRESTED + corrects(awaitSent(1), "null"))).isEqualTo(409);
  }

  @Test
  void aDeskCorrectsWhatOthersStateOnlyAsASupervisor() throws Exception {
    UUID alert = taken();
    states(street, alert, NOT_THEM);
    String correction = ARRESTED + corrects(awaitSent(1), "\"as the custody record says\"");

    assertThat(statesAtDesk(desk, alert, correction)).isEqualTo(409);
    assertThat(statesAtDesk(room.officer(RunningBoard.SUPERVISOR), alert, correction))
        .isEqualTo(204);
    assertThat(awaitSent(2).correction().supervisor()).isTrue();
    assertThat(desk.json("/api/alerts/" + alert + "/statements").required(1).required("reason"))
        .hasToString("\"as the custody record says\"");
  }

  @Test
  void aDeskStatesWhatBecameOfAnAlertThatNobodyWithAPhoneHasTaken() throws Exception {
    UUID alert = judged("false");

    assertThat(statesAtDesk(desk, alert, "\"engaged\":\"not-attempted\",\"result\":\"unresolved\""))
        .isEqualTo(204);
    assertThat(awaitSent(1).found().attempt()).isEqualTo(Engagement.Attempt.NOT_ATTEMPTED);
  }

  @Test
  void whatTheVanSaysOfItIsShownAtTheDeskAndOnThePhone() throws Exception {
    UUID alert = taken();
    states(street, alert, NOT_THEM);
    EngagementMessage sent = awaitSent(1);
    room.tap.publish(
        "sightline/v1/" + Alerts.VAN + "/receipts",
        Alerts.DEVICE.signMessage(
            EngagementReceipt.SIGNED_TYPE,
            new EngagementReceipt(
                    alert, sent.id(), EngagementReceipt.Result.RECORDED, Alerts.POSITION.head())
                .encode(Alerts.VAN)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              try (Events events = desk.watch()) {
                assertThat(
                        events
                            .next("snapshot")
                            .required("engaged")
                            .required(0)
                            .required("delivery"))
                    .hasToString("\"recorded\"");
              }
            });
    assertThat(shownTo(street).required(0).required("delivery")).hasToString("\"recorded\"");
  }
}
