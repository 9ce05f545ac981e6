package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.web.login.PasswordHash;
import tools.jackson.databind.JsonNode;

/** Where an outcome needs two officers. */
@Execution(ExecutionMode.CONCURRENT)
class TwoPersonTest {
  @AutoClose private RunningBoard room;
  private UUID alert;
  private Officer first;
  private Officer second;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.withTwoPersons(folder);
    alert = room.alert("S-1");
    first = room.officer(RunningBoard.FIRST);
    second = room.officer(RunningBoard.SECOND);
  }

  private static String state(HttpResponse<byte[]> answer) {
    return Officer.json(answer).required("state").stringValue();
  }

  @Test
  void thePageIsNotified() throws Exception {
    assertThat(first.json("/api/session").required("twoPerson").booleanValue()).isTrue();
  }

  @Test
  void theFirstOfficerProposes() throws Exception {
    JsonNode shown = Officer.json(first.judges(alert, "true"));

    assertThat(shown.required("state").stringValue()).isEqualTo("proposed");
    assertThat(shown.required("proposal").toString())
        .isEqualTo("{\"outcome\":\"true\",\"by\":\"1234\"}");
  }

  @Test
  void whatIsProposedIsNotSent() throws Exception {
    first.judges(alert, "true");
    second.judges(room.alert("S-2"), "true");
    first.judges(alert, "false");

    assertThat(room.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes")).isEmpty();
  }

  @Test
  void anotherOfficerWhoFindsTheSameClosesIt() throws Exception {
    first.judges(alert, "true");

    JsonNode shown = Officer.json(second.judges(alert, "true"));

    assertThat(shown.required("state").stringValue()).isEqualTo("closed");
    assertThat(shown.required("by").stringValue()).isEqualTo(RunningBoard.FIRST);
    assertThat(shown.required("confirmedBy").stringValue()).isEqualTo(RunningBoard.SECOND);
  }

  @Test
  void theVanHearsOfBoth() throws Exception {
    first.judges(alert, "true");
    second.judges(alert, "true");

    await()
        .untilAsserted(
            () ->
                assertThat(room.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes"))
                    .extracting(
                        heard ->
                            OutcomeMessage.read(heard.content(), room.keys.identity())
                                .orElseThrow()
                                .confirmedBy())
                    .containsExactly(Actor.officer(RunningBoard.SECOND)));
  }

  @Test
  void nobodyConfirmsHimself() throws Exception {
    first.judges(alert, "true");

    HttpResponse<byte[]> answer = first.judges(alert, "true");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("same-officer");
  }

  @Test
  void nobodyConfirmsHimselfFromASecondSeat() throws Exception {
    first.judges(alert, "true");

    assertThat(room.officer(RunningBoard.FIRST).judges(alert, "true").statusCode()).isEqualTo(409);
  }

  @Test
  void whoProposedMayChangeHisMind() throws Exception {
    first.judges(alert, "true");

    JsonNode shown = Officer.json(first.judges(alert, "false"));

    assertThat(shown.required("proposal").required("outcome").stringValue()).isEqualTo("false");
  }

  @Test
  void theSecondOfficerDoesNotSeeWhatTheFirstFoundBeforeTheyJudge() throws Exception {
    try (Events events = second.watch()) {
      events.next("snapshot");
      first.judges(alert, "true");

      assertThat(events.next("alert").required("proposal").toString())
          .isEqualTo("{\"by\":\"1234\"}");
    }
    try (Events events = second.watch()) {
      assertThat(events.next("snapshot").required("alerts").get(0).required("proposal").toString())
          .isEqualTo("{\"by\":\"1234\"}");
    }
  }

  @Test
  void theFirstOfficerSeesWhatTheyFoundAfterAReload() throws Exception {
    first.judges(alert, "true");

    try (Events events = first.watch()) {
      assertThat(events.next("snapshot").required("alerts").get(0).required("proposal").toString())
          .isEqualTo("{\"outcome\":\"true\",\"by\":\"1234\"}");
    }
  }

  @Test
  void whoFindsSomethingElseDisputesIt() throws Exception {
    first.judges(alert, "true");

    JsonNode shown = Officer.json(second.judges(alert, "false"));

    assertThat(shown.required("state").stringValue()).isEqualTo("disputed");
    assertThat(shown.required("dispute").toString())
        .isEqualTo(
            "[{\"outcome\":\"true\",\"by\":\"1234\"},"
                + "{\"outcome\":\"false\",\"by\":\"sergeant-7\"}]");
  }

  private void disagree(UUID disputed) throws Exception {
    first.judges(disputed, "true");
    second.judges(disputed, "false");
  }

  @Test
  void whereTwoDisagreeNeitherOfThemNorAnotherOfficerDecides() throws Exception {
    room.officers().put("77", PasswordHash.of(RunningBoard.PASSWORD.toCharArray()));
    disagree(alert);

    for (Officer officer : List.of(first, second, room.officer("77"))) {
      HttpResponse<byte[]> answer = officer.judges(alert, "false");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("disputed");
    }
    assertThat(room.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes")).isEmpty();
  }

  @Test
  void aSupervisorDecidesAndAllThreeAreNamed() throws Exception {
    disagree(alert);

    JsonNode shown = Officer.json(room.officer(RunningBoard.SUPERVISOR).judges(alert, "false"));

    assertThat(shown.required("state").stringValue()).isEqualTo("closed");
    assertThat(shown.required("by").stringValue()).isEqualTo(RunningBoard.SUPERVISOR);
    assertThat(shown.required("between").toString())
        .isEqualTo(
            "[{\"outcome\":\"true\",\"by\":\"1234\"},"
                + "{\"outcome\":\"false\",\"by\":\"sergeant-7\"}]");
  }

  @Test
  void aSupervisorWhoIsOneOfTheTwoDoesNotDecide() throws Exception {
    Officer supervisor = room.officer(RunningBoard.SUPERVISOR);
    supervisor.judges(alert, "true");
    second.judges(alert, "false");

    assertThat(supervisor.judges(alert, "true").statusCode()).isEqualTo(409);
  }

  @Test
  void aDisputeOutlivesTheBoard() throws Exception {
    disagree(alert);
    room.stop();
    room.start();

    assertThat(room.officer(RunningBoard.FIRST).judges(alert, "false").statusCode()).isEqualTo(409);
    assertThat(state(room.officer(RunningBoard.SUPERVISOR).judges(alert, "false")))
        .isEqualTo("closed");
  }

  @Test
  void aProposalOutlivesTheBoard() throws Exception {
    first.judges(alert, "true");
    room.stop();
    room.start();

    assertThat(state(room.officer(RunningBoard.SECOND).judges(alert, "true"))).isEqualTo("closed");
  }
}
