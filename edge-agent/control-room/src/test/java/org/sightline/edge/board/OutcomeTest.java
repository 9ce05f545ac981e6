package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.SampleAlert;
import tools.jackson.databind.JsonNode;

/** An officer finds an alert to be something, and the van hears of it. */
@Execution(ExecutionMode.CONCURRENT)
class OutcomeTest {
  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static final String TOPIC = "sightline/v1/" + Alerts.VAN + "/outcomes";

  private Optional<OutcomeMessage> heardByTheVan() {
    return room.tap.on(TOPIC).stream()
        .flatMap(heard -> OutcomeMessage.read(heard.content(), room.keys.identity()).stream())
        .findFirst();
  }

  @Test
  void theAnswerIsTheAlertWithItsOutcome() throws Exception {
    UUID alert = room.alert("S-1");

    HttpResponse<byte[]> answer = room.officer().judges(alert, "false");

    JsonNode shown = Officer.json(answer);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(shown.required("id").stringValue()).isEqualTo(alert.toString());
    assertThat(shown.required("state").stringValue()).isEqualTo("closed");
    assertThat(shown.required("outcome").stringValue()).isEqualTo("false");
    assertThat(shown.required("by").stringValue()).isEqualTo(RunningBoard.FIRST);
  }

  @Test
  void theVanHearsTheSignedOutcome() throws Exception {
    UUID alert = room.alert("S-1");

    room.officer().judges(alert, "true");

    await().untilAsserted(() -> assertThat(heardByTheVan()).isPresent());
    OutcomeMessage message = heardByTheVan().orElseThrow();
    assertThat(message.alert()).isEqualTo(alert);
    assertThat(message.outcome()).isEqualTo(Outcome.TRUE);
    assertThat(message.by()).isEqualTo(Actor.officer(RunningBoard.FIRST));
    assertThat(message.confirmedBy()).isNull();
  }

  @Test
  void theMessageIsOfUseForAsLongAsTheAlertAndIsNotKeptByTheBroker() throws Exception {
    UUID alert = room.alert("S-1");

    room.officer().judges(alert, "true");

    await().untilAsserted(() -> assertThat(room.tap.on(TOPIC)).isNotEmpty());
    BrokerTap.Heard heard = room.tap.on(TOPIC).get(0);
    assertThat(heard.retained()).isFalse();
    assertThat(heard.qos()).isEqualTo(1);
    assertThat(heard.contentType()).isEqualTo("application/jose");
    assertThat(heard.correlation()).isEqualTo(alert.toString());
    assertThat(heard.expirySeconds()).isBetween(1L, Duration.ofHours(24).toSeconds());
  }

  @Test
  void everybodySeesTheOutcome() throws Exception {
    UUID alert = room.alert("S-1");
    try (Events events = room.officer(RunningBoard.SECOND).watch()) {
      events.next("snapshot");

      room.officer().judges(alert, "unresolved");

      assertThat(events.next("alert").required("outcome").stringValue()).isEqualTo("unresolved");
    }
  }

  @Test
  void everybodySeesWhenTheBrokerHasTakenIt() throws Exception {
    UUID alert = room.alert("S-1");
    try (Events events = room.officer(RunningBoard.SECOND).watch()) {
      events.next("snapshot");

      room.officer().judges(alert, "false");

      assertThat(events.next("alert", shown -> shown.path("delivery").asString("").equals("sent")))
          .isNotNull();
    }
  }

  @Test
  void thePicturesGoWhenTheBrokerHasTakenTheOutcome() throws Exception {
    UUID alert = room.alert("S-1");
    Officer officer = room.officer();

    officer.judges(alert, "false");

    await()
        .untilAsserted(
            () ->
                assertThat(officer.get("/api/alerts/" + alert + "/probe").statusCode())
                    .isEqualTo(404));
  }

  @Test
  void furtherViewsAreThereAsLongAsTheBestOne() throws Exception {
    Jpeg view = new Jpeg(new byte[] {1, 2, 3});
    UUID alert =
        room.alert(SampleAlert.about("S-1").moreViews(new FacePicture(view, null)).build());
    Officer officer = room.officer();
    String second = "/api/alerts/" + alert + "/view-2";
    assertThat(officer.get(second).body()).isEqualTo(view.bytes());
    assertThat(officer.get("/api/alerts/" + alert + "/view-3").statusCode()).isEqualTo(404);

    officer.judges(alert, "false");

    await().untilAsserted(() -> assertThat(officer.get(second).statusCode()).isEqualTo(404));
  }

  @Test
  void aClosedAlertStaysClosed() throws Exception {
    UUID alert = room.alert("S-1");
    Officer officer = room.officer();
    officer.judges(alert, "false");

    HttpResponse<byte[]> answer = officer.judges(alert, "true");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("closed");
  }

  @Test
  void whoIsSecondIsAnsweredWithTheOutcomeThatStandsAndIsNotForgotten() throws Exception {
    UUID alert = room.alert("S-1");
    room.officer(RunningBoard.FIRST).judges(alert, "true");

    JsonNode answer = Officer.json(room.officer(RunningBoard.SECOND).judges(alert, "false"));

    assertThat(answer.required("outcome").stringValue()).isEqualTo("true");
    assertThat(answer.required("by").stringValue()).isEqualTo(RunningBoard.FIRST);
    assertThat(answer.required("late").toString())
        .isEqualTo("[{\"outcome\":\"false\",\"by\":\"sergeant-7\"}]");
  }

  @Test
  void whatWasSaidTooLateOutlivesTheBoard() throws Exception {
    UUID alert = room.alert("S-1");
    room.officer(RunningBoard.FIRST).judges(alert, "true");
    room.officer(RunningBoard.SECOND).judges(alert, "false");
    room.stop();
    room.start();

    JsonNode again = Officer.json(room.officer(RunningBoard.SECOND).judges(alert, "unresolved"));

    assertThat(again.required("late").toString())
        .isEqualTo(
            "[{\"outcome\":\"false\",\"by\":\"sergeant-7\"},"
                + "{\"outcome\":\"unresolved\",\"by\":\"sergeant-7\"}]");
  }

  @Test
  void theSameOutcomeOfTheSameOfficerAgainIsTaken() throws Exception {
    UUID alert = room.alert("S-1");
    room.officer().judges(alert, "true");

    assertThat(room.officer().judges(alert, "true").statusCode()).isEqualTo(200);
  }

  @Test
  void anAlertThatNobodyKnowsIsNotThere() throws Exception {
    HttpResponse<byte[]> answer = room.officer().judges(UUID.randomUUID(), "true");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"outcome\":\"maybe\"}",
        "{\"outcome\":true}",
        "\"true\"",
        "{\"outcome\":\"true\",\"by\":\"9999\"}",
        "{\"outcome\":\"true\",\"outcome\":\"false\"}"
      })
  void anythingElseThanOneOutcomeIsMalformed(String body) throws Exception {
    UUID alert = UUID.randomUUID();
    Officer officer = room.officer();

    HttpResponse<byte[]> answer =
        officer.send(officer.outcome(alert, body).header("X-CSRF-Token", officer.csrf()));

    assertThat(answer.statusCode()).isEqualTo(400);
  }
}
