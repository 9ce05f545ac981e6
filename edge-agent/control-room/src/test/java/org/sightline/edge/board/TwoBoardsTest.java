package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
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

/** Two boards of one control room on one broker, with an officer at each. */
@Execution(ExecutionMode.CONCURRENT)
class TwoBoardsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AutoClose private RunningBoard north;
  @AutoClose private RunningBoard south;
  private UUID alert;
  private Officer first;
  private Officer second;

  @BeforeEach
  void start(@TempDir Path here, @TempDir Path there) throws Exception {
    north = RunningBoard.withTwoPersons(here);
    south = north.beside(there);
    alert = north.alert("S-1");
    first = north.officer(RunningBoard.FIRST);
    second = south.officer(RunningBoard.SECOND);
  }

  private static String state(Officer officer, UUID alert) throws Exception {
    try (Events events = officer.watch()) {
      return events
          .next("snapshot")
          .required("alerts")
          .valueStream()
          .filter(shown -> shown.required("id").stringValue().equals(alert.toString()))
          .map(shown -> shown.required("state").stringValue())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static void awaitState(String state, Officer officer, UUID alert) {
    await().atMost(SOON).untilAsserted(() -> assertThat(state(officer, alert)).isEqualTo(state));
  }

  @Test
  void theSecondOfficerSitsAtAnotherBoard() throws Exception {
    first.judges(alert, "true");
    awaitState("proposed", second, alert);

    second.judges(alert, "true");

    awaitState("closed", first, alert);
    assertThat(north.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes"))
        .extracting(
            heard -> OutcomeMessage.read(heard.content(), north.keys.identity()).orElseThrow())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.by()).isEqualTo(Actor.officer(RunningBoard.FIRST));
              assertThat(outcome.confirmedBy()).isEqualTo(Actor.officer(RunningBoard.SECOND));
            });
  }

  @Test
  void nobodyConfirmsHimselfAtAnotherBoard() throws Exception {
    first.judges(alert, "true");
    awaitState("proposed", second, alert);

    assertThat(south.officer(RunningBoard.FIRST).judges(alert, "true").statusCode()).isEqualTo(409);
  }

  @Test
  void aBoardThatWasNotThereHearsAfterwardsWhatIsProposed() throws Exception {
    south.stop();
    first.judges(alert, "true");
    await()
        .atMost(SOON)
        .until(() -> north.tap.topics().stream().anyMatch(topic -> topic.endsWith("/proposals")));
    north.clock.shift(Duration.ofMinutes(2));
    south.clock.shift(Duration.ofMinutes(2));

    south.start();

    awaitState("proposed", south.officer(RunningBoard.SECOND), alert);
  }

  @Test
  void aSupervisorAtTheOtherBoardDecides() throws Exception {
    first.judges(alert, "true");
    awaitState("proposed", second, alert);
    second.judges(alert, "false");
    awaitState("disputed", first, alert);

    north.officer(RunningBoard.SUPERVISOR).judges(alert, "true");

    awaitState("closed", second, alert);
  }

  @Test
  void twoWhoJudgeAtTheSameMomentReachOneOutcome() throws Exception {
    first.judges(alert, "true");
    second.judges(alert, "true");

    awaitState("closed", first, alert);
    awaitState("closed", second, alert);
  }

  @Test
  void whatOneOfficerDoesIsShownAtTheOtherBoard() throws Exception {
    try (Events events = second.watch()) {
      events.next("snapshot");

      first.judges(alert, "true");

      assertThat(
              events
                  .next("alert", shown -> shown.required("state").stringValue().equals("proposed"))
                  .required("id")
                  .stringValue())
          .isEqualTo(alert.toString());
    }
  }
}
