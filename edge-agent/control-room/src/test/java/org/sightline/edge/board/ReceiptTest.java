package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;
import tools.jackson.databind.JsonNode;

/** What a van says became of an outcome, and what is shown while it says nothing. */
@Execution(ExecutionMode.CONCURRENT)
class ReceiptTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String VAN = "sightline/v1/" + Alerts.VAN;
  private static final String ONLINE =
      "{\"van\":\"" + Alerts.VAN + "\",\"state\":\"online\",\"queued\":0}";

  @AutoClose private RunningBoard room;
  private UUID alert;

  @BeforeEach
  void anOutcomeIsSent(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
    alert = room.alert("S-1");
    room.officer().judges(alert, "true");
    awaitDelivery("sent");
  }

  private void answer(OutcomeReceipt receipt) throws Exception {
    answer(Alerts.VAN, receipt);
  }

  private void answer(VanId van, OutcomeReceipt receipt) throws Exception {
    answerAsIs(van, Alerts.DEVICE.signMessage(OutcomeReceipt.SIGNED_TYPE, receipt.encode(van)));
  }

  private void answerAsIs(VanId van, byte[] message) throws Exception {
    room.tap.publish("sightline/v1/" + van + "/receipts", message);
  }

  private OutcomeReceipt recorded(Outcome outcome) {
    return OutcomeReceipt.recorded(alert, outcome, Alerts.POSITION.head());
  }

  private JsonNode shown() throws Exception {
    try (Events events = room.officer().watch()) {
      return events.next("snapshot").required("alerts").get(0);
    }
  }

  private void awaitDelivery(String word) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(shown().required("delivery").stringValue()).isEqualTo(word));
  }

  private int outcomesSent() {
    return room.tap.on(VAN + "/outcomes").size();
  }

  @Test
  void whatTheBrokerHasTakenIsNotConfirmed() throws Exception {
    assertThat(shown().has("atVan")).isFalse();
  }

  @Test
  void aReceiptConfirmsIt() throws Exception {
    answer(recorded(Outcome.TRUE));

    awaitDelivery("recorded");
    assertThat(shown().required("atVan").stringValue()).isEqualTo("true");
  }

  @Test
  void aConfirmationOutlivesTheBoard() throws Exception {
    answer(recorded(Outcome.TRUE));
    awaitDelivery("recorded");

    room.stop();
    room.start();

    awaitDelivery("recorded");
  }

  @Test
  void anotherOutcomeAtTheVanIsShown() throws Exception {
    answer(recorded(Outcome.FALSE));

    awaitDelivery("recorded");
    assertThat(shown().required("atVan").stringValue()).isEqualTo("false");
    assertThat(shown().required("outcome").stringValue()).isEqualTo("true");
  }

  @Test
  void aVanThatKnowsNoSuchAlertIsShown() throws Exception {
    answer(OutcomeReceipt.not(OutcomeReceipt.Result.UNKNOWN_ALERT, alert));

    awaitDelivery("unknown-alert");
  }

  @Test
  void aVanThatCouldNotStoreItConfirmsItLater() throws Exception {
    answer(OutcomeReceipt.not(OutcomeReceipt.Result.NOT_STORED, alert));
    awaitDelivery("not-stored");

    answer(recorded(Outcome.TRUE));

    awaitDelivery("recorded");
  }

  @Test
  void theReceiptOfAnotherVanConfirmsNothing() throws Exception {
    answer(new VanId("van-77"), recorded(Outcome.TRUE));
    room.alert("S-2");

    assertThat(shown().required("delivery").stringValue()).isEqualTo("sent");
  }

  @Test
  void whatAVanThatIsThereDoesNotConfirmIsSentAgain() throws Exception {
    await().atMost(SOON).until(() -> outcomesSent() == 1);
    room.clock.shift(Duration.ofMinutes(2));
    room.status(Alerts.VAN, ONLINE);

    await().atMost(SOON).until(() -> outcomesSent() == 2);
  }

  @Test
  void anOutcomeOnTheTopicOfAnotherVanClosesNothing() throws Exception {
    UUID other = room.alert("S-2");
    byte[] message =
        new OutcomeMessage(other, Outcome.FALSE, Actor.officer("elsewhere"), null, Instant.now())
            .sign(room.keys);
    room.tap.publish("sightline/v1/van-77/outcomes", message);
    room.alert("S-3");

    assertThat(room.officer().judges(other, "true").statusCode()).isEqualTo(200);
  }

  @Test
  void anOutcomeOnTheTopicOfAnotherVanHidesNoAlertThatComesLater() throws Exception {
    Alert later = Alerts.about("S-2");
    byte[] message =
        new OutcomeMessage(
                later.id(), Outcome.FALSE, Actor.officer("elsewhere"), null, Instant.now())
            .sign(room.keys);
    room.tap.publish("sightline/v1/van-77/outcomes", message);
    room.send(Alerts.event(later, room.keys.identity()));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(room.officer().judges(later.id(), "true").statusCode()).isEqualTo(200));
  }
}
