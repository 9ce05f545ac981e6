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
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.testing.BrokerTap;
import tools.jackson.databind.JsonNode;

/** An outcome that is found while the broker is away reaches the van when it is back. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerAwayTest {
  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static final String TOPIC = "sightline/v1/" + Alerts.VAN + "/outcomes";

  @Test
  void itIsShownAsWaiting() throws Exception {
    UUID alert = room.alert("S-1");
    room.broker.stop();

    assertThat(
            Officer.json(room.officer().judges(alert, "true")).required("delivery").stringValue())
        .isEqualTo("waiting");
  }

  @Test
  void itIsSentWhenTheBrokerIsBack() throws Exception {
    UUID alert = room.alert("S-1");
    room.broker.stop();
    room.officer().judges(alert, "true");
    room.broker.start();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(deliveryOf(alert)).isEqualTo("sent"));
  }

  private String deliveryOf(UUID alert) throws Exception {
    try (Events events = room.officer().watch()) {
      for (JsonNode each : events.next("snapshot").required("alerts")) {
        if (each.required("id").stringValue().equals(alert.toString())) {
          return each.path("delivery").asString("");
        }
      }
    }
    return "";
  }

  @Test
  void itIsSentAfterTheBoardWasRestartedToo() throws Exception {
    UUID alert = room.alert("S-1");
    room.broker.stop();
    room.officer().judges(alert, "true");
    room.stop();
    room.broker.start();
    try (BrokerTap van = BrokerTap.on(room.broker)) {
      room.start();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(van.on(TOPIC))
                      .anySatisfy(
                          each ->
                              assertThat(OutcomeMessage.read(each.content(), room.keys.identity()))
                                  .map(OutcomeMessage::alert)
                                  .hasValue(alert)));
    }
  }
}
