package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
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
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import tools.jackson.databind.JsonNode;

/** What else comes over the broker: outcomes of others, and what must not be believed. */
@Execution(ExecutionMode.CONCURRENT)
class OtherMessagesTest {
  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static final String VAN = "sightline/v1/" + Alerts.VAN;

  private OutcomeMessage message(UUID alert, Outcome outcome) {
    return new OutcomeMessage(alert, outcome, Actor.officer("elsewhere"), null, Instant.now());
  }

  private JsonNode snapshot() throws Exception {
    try (Events events = room.officer().watch()) {
      return events.next("snapshot");
    }
  }

  @Test
  void whatAnotherBoardFoundClosesTheAlertHere() throws Exception {
    UUID alert = room.alert("S-1");
    try (Events events = room.officer().watch()) {
      events.next("snapshot");

      room.tap.publish(VAN + "/outcomes", message(alert, Outcome.FALSE).sign(room.keys));

      JsonNode shown = events.next("alert");
      assertThat(shown.required("state").stringValue()).isEqualTo("closed");
      assertThat(shown.required("by").stringValue()).isEqualTo("elsewhere");
    }
  }

  @Test
  void anAlertWhoseOutcomeCameFirstIsNotShown() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.tap.publish(VAN + "/outcomes", message(alert.id(), Outcome.FALSE).sign(room.keys));
    room.send(Alerts.event(alert, room.keys.identity()));
    room.alert("S-2");

    assertThat(snapshot().required("alerts").size()).isEqualTo(1);
  }

  @Test
  void anOutcomeThatAnotherKeySignedChangesNothing() throws Exception {
    UUID alert = room.alert("S-1");

    room.tap.publish(
        VAN + "/outcomes", message(alert, Outcome.FALSE).sign(ControlRoomKeys.generate()));
    room.alert("S-2");

    assertThat(snapshot().required("alerts").get(0).required("state").stringValue())
        .isEqualTo("open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"type\":\"org.sightline.alert.v1\"}"})
  void whatIsNoAlertIsNotShown(String message) throws Exception {
    room.sendAsIs(Alerts.VAN, message.getBytes(UTF_8));
    room.alert("S-1");

    assertThat(snapshot().required("alerts").size()).isEqualTo(1);
  }

  @Test
  void anAlertOnAnotherVansTopicIsNotShown() throws Exception {
    room.tap.publish(
        "sightline/v1/van-2/alerts", Alerts.event(Alerts.about("S-1"), room.keys.identity()));
    room.alert("S-2");

    assertThat(snapshot().required("alerts").size()).isEqualTo(1);
  }

  @Test
  void aMessageThatIsFarTooLongIsNotShown() throws Exception {
    room.sendAsIs(
        Alerts.VAN,
        (new String(Alerts.event(Alerts.about("S-1")), UTF_8) + " ".repeat(3 << 20))
            .getBytes(UTF_8));
    room.alert("S-2");

    assertThat(snapshot().required("alerts").size()).isEqualTo(1);
  }
}
