package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;

/** A board that is set up for one officer, and a van whose authorisation demands two. */
@Execution(ExecutionMode.CONCURRENT)
class TwoOfficersRuleTest {
  private static final String TOPIC = "sightline/v1/" + Alerts.VAN + "/outcomes";

  @AutoClose private RunningBoard room;
  private UUID alert;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
    alert = room.alertForTwo("S-1");
  }

  private static String state(Officer officer) throws Exception {
    try (Events events = officer.watch()) {
      return events.next("snapshot").required("alerts").get(0).required("state").stringValue();
    }
  }

  private List<OutcomeMessage> sent() {
    return room.tap.on(TOPIC).stream()
        .map(heard -> OutcomeMessage.read(heard.content(), room.keys.identity()).orElseThrow())
        .toList();
  }

  @Test
  void oneOfficerProposes() throws Exception {
    Officer first = room.officer(RunningBoard.FIRST);

    first.judges(alert, "true");

    assertThat(state(first)).isEqualTo("proposed");
  }

  @Test
  void theVanHearsWhatEachFoundAndWhen() throws Exception {
    room.officer(RunningBoard.FIRST).judges(alert, "true");
    room.officer(RunningBoard.SECOND).judges(alert, "true");

    await().untilAsserted(() -> assertThat(sent()).hasSize(1));
    assertThat(sent().get(0).isOfTwoOfficers()).isTrue();
    assertThat(sent().get(0).judgements())
        .extracting(judged -> judged.by().reference())
        .containsExactly(RunningBoard.FIRST, RunningBoard.SECOND);
  }

  @Test
  void theVanHearsOfAllThreeWhereASupervisorDecides() throws Exception {
    room.officer(RunningBoard.FIRST).judges(alert, "true");
    room.officer(RunningBoard.SECOND).judges(alert, "false");
    room.officer(RunningBoard.SUPERVISOR).judges(alert, "false");

    await().untilAsserted(() -> assertThat(sent()).hasSize(1));
    assertThat(sent().get(0).isOfTwoOfficers()).isTrue();
    assertThat(sent().get(0).by()).isEqualTo(Actor.officer(RunningBoard.SUPERVISOR));
    assertThat(sent().get(0).judgements()).hasSize(2);
  }

  @Test
  void whatAnotherBoardLetOneOfficerDecideDoesNotCloseIt() throws Exception {
    OutcomeMessage ofOne =
        new OutcomeMessage(alert, Outcome.FALSE, Actor.officer("elsewhere"), null, Instant.now());

    room.tap.publish(TOPIC, ofOne.sign(room.keys));
    UUID behind = room.alert("S-2");

    assertThat(behind).isNotNull();
    assertThat(state(room.officer())).isEqualTo("open");
  }
}
