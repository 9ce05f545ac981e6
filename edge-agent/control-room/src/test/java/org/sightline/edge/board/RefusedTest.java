package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.testing.SampleAlert;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What comes in the name of a van and is not from it: nothing of it is shown, and that is said. */
@Execution(ExecutionMode.CONCURRENT)
class RefusedTest {
  private static final VanId UNKNOWN = new VanId("van-77");
  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private RunningBoard room;
  private final DeviceKeys somebody = DeviceKeys.generate();
  private final Alert alert =
      SampleAlert.about("S-1").category("secret category").place("secret place").build();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private byte[] live() {
    return Alerts.signed(Alerts.event(alert, room.keys.identity()));
  }

  private static byte[] altered(byte[] message) {
    return new String(message, UTF_8).replace("secret place", "other place").getBytes(UTF_8);
  }

  private JsonNode snapshot() throws Exception {
    try (Events events = room.officer().watch()) {
      return events.next("snapshot");
    }
  }

  /** The first refusal that is heard of when a message is published. */
  private JsonNode refusedOf(String topic, byte[] message) throws Exception {
    try (Events events = room.officer().watch()) {
      events.next("snapshot");
      room.tap.publish(topic, message);
      return events.next("refused").required("refused").get(0);
    }
  }

  private String faultOf(VanId van, byte[] message) throws Exception {
    JsonNode refused = refusedOf("sightline/v1/" + van + "/alerts", message);
    assertThat(refused.required("van").stringValue()).isEqualTo(van.value());
    assertThat(snapshot().required("alerts").size()).isZero();
    return refused.required("kind").stringValue() + " " + refused.required("fault").stringValue();
  }

  @Test
  void anAlertThatWasAlteredIsAnAlarmOfItsOwn() throws Exception {
    assertThat(faultOf(Alerts.VAN, altered(live()))).isEqualTo("alert altered");
  }

  @Test
  void anAlertThatNobodyHasSignedIsRefused() throws Exception {
    assertThat(faultOf(Alerts.VAN, Alerts.event(alert, room.keys.identity())))
        .isEqualTo("alert unsigned");
  }

  @Test
  void anAlertThatAnotherDeviceHasSignedIsRefused() throws Exception {
    byte[] event = Alerts.event(alert, room.keys.identity());

    assertThat(faultOf(Alerts.VAN, somebody.signMessage(AlertEvent.SIGNED_TYPE, event)))
        .isEqualTo("alert other-signer");
  }

  @Test
  void aLiveAlertOfADeviceThatIsNotKnownIsRefused() throws Exception {
    ObjectNode event = (ObjectNode) JSON.readTree(Alerts.event(alert, room.keys.identity()));
    ((ObjectNode) event.required("data")).put("van", UNKNOWN.value());

    assertThat(faultOf(UNKNOWN, JSON.writeValueAsBytes(event))).isEqualTo("alert unknown-device");
  }

  @Test
  void anAlertWithATextThatMayNotBeShownIsUnreadable() throws Exception {
    byte[] turned =
        new String(Alerts.event(alert, room.keys.identity()), UTF_8)
            .replace("secret place", "High Street \u202e real street")
            .getBytes(UTF_8);

    assertThat(faultOf(Alerts.VAN, Alerts.signed(turned))).isEqualTo("alert unreadable");
  }

  @Test
  void aCategoryThatMayNotBeShownIsUnreadableThoughItIsSealed() throws Exception {
    ObjectNode event = (ObjectNode) JSON.readTree(Alerts.event(alert, room.keys.identity()));
    String match =
        new String(room.keys.open(event.required("data").required("sealed").stringValue()), UTF_8)
            .replace("secret category", "x".repeat(101));
    ((ObjectNode) event.required("data"))
        .put("sealed", room.keys.identity().seal(match.getBytes(UTF_8)));

    assertThat(faultOf(Alerts.VAN, Alerts.signed(JSON.writeValueAsBytes(event))))
        .isEqualTo("alert unreadable");
  }

  @Test
  void anExerciseOfAVanThatIsNotKnownIsShownAsOneAndAsUnsignedOverARestartToo() throws Exception {
    ObjectNode event = (ObjectNode) JSON.readTree(Alerts.event(alert));
    ((ObjectNode) event.required("data")).put("van", UNKNOWN.value());
    event.put("signed", true);
    room.sendAsIs(UNKNOWN, JSON.writeValueAsBytes(event));
    room.alert("S-2");
    for (int i = 0; i < 2; i++) {
      JsonNode shown = snapshot().required("alerts").get(0);

      assertThat(shown.required("exercise").booleanValue()).isTrue();
      assertThat(shown.required("signed").booleanValue()).isFalse();
      room.stop();
      room.start();
    }
  }

  @Test
  void aLiveAlertIsStillOneThatWasSignedAfterARestart() throws Exception {
    room.alert("S-1");
    room.stop();
    room.start();

    JsonNode shown = snapshot().required("alerts").get(0);
    assertThat(shown.required("exercise").booleanValue()).isFalse();
    assertThat(shown.required("signed").booleanValue()).isTrue();
  }

  @Test
  void whatNobodyHasSignedKeepsNoLiveAlertOfTheSameIdFromBeingShown() throws Exception {
    ObjectNode early = (ObjectNode) JSON.readTree(Alerts.event(alert));
    ((ObjectNode) early.required("data")).put("van", UNKNOWN.value());
    room.sendAsIs(UNKNOWN, JSON.writeValueAsBytes(early));
    room.sendAsIs(Alerts.VAN, live());
    room.alert("S-2");

    JsonNode shown = snapshot().required("alerts").get(0);
    assertThat(shown.required("id").stringValue()).isEqualTo(alert.id().toString());
    assertThat(shown.required("signed").booleanValue()).isTrue();
  }

  @Test
  void aForgedReceiptConfirmsNothingAndIsReported() throws Exception {
    UUID id = room.alert("S-1");
    room.officer().judges(id, "true");
    byte[] receipt = OutcomeReceipt.recorded(id, Outcome.TRUE, Alerts.HEAD).encode(Alerts.VAN);
    String topic = "sightline/v1/" + Alerts.VAN + "/receipts";

    assertThat(refusedOf(topic, receipt).required("kind").stringValue()).isEqualTo("receipt");
    room.tap.publish(topic, somebody.signMessage(OutcomeReceipt.SIGNED_TYPE, receipt));
    room.alert("S-2");

    assertThat(snapshot().required("alerts").get(0).has("atVan")).isFalse();
    assertThat(snapshot().required("refused").findValuesAsString("fault"))
        .containsExactly("unsigned", "other-signer");
  }

  private static int takesNote(Officer officer) throws Exception {
    return officer
        .send(
            officer
                .to("/api/refused")
                .header("X-CSRF-Token", officer.csrf())
                .POST(BodyPublishers.noBody()))
        .statusCode();
  }

  @Test
  void aStatusThatTheVanHasNotSignedChangesNothingAndIsReported() throws Exception {
    room.status(Alerts.VAN, "{\"van\":\"van-1\",\"state\":\"online\"}");
    byte[] offline = "{\"van\":\"van-1\",\"state\":\"offline\"}".getBytes(UTF_8);

    assertThat(refusedOf("sightline/v1/" + Alerts.VAN + "/status", offline).toString())
        .contains("\"kind\":\"status\",\"fault\":\"unsigned\"");
    assertThat(snapshot().required("vans").get(0).required("state").stringValue())
        .isEqualTo("online");
  }

  @Test
  void aVersionThatMayNotBeShownIsNoStatus() throws Exception {
    room.status(Alerts.VAN, "{\"van\":\"van-1\",\"state\":\"online\",\"version\":\"1\u202e0\"}");
    room.alert("S-1");

    assertThat(snapshot().required("vans").size()).isZero();
  }

  @Test
  void itStaysUntilAnOfficerTakesNote() throws Exception {
    room.sendAsIs(Alerts.VAN, altered(live()));
    room.sendAsIs(Alerts.VAN, altered(live()));
    room.alert("S-2");
    assertThat(snapshot().required("refused").get(0).required("count").intValue()).isEqualTo(2);

    Officer officer = room.officer();
    assertThat(takesNote(officer)).isEqualTo(204);

    assertThat(snapshot().required("refused").size()).isZero();
    assertThat(takesNote(officer)).isEqualTo(404);
  }

  @Test
  void theLogSaysWhatWasWrongAndNothingOfWhatWasInIt() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("org.sightline.edge.board.room");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      faultOf(Alerts.VAN, altered(live()));
    } finally {
      logger.detachAppender(log);
    }

    List<String> warnings =
        log.list.stream()
            .filter(event -> event.getLevel().equals(Level.WARN))
            .map(ILoggingEvent::getFormattedMessage)
            .toList();
    assertThat(warnings)
        .contains(
            "REFUSED: the alert on the topic of van-1 was altered after the van had signed it")
        .noneMatch(line -> line.contains("place") || line.contains(alert.id().toString()));
  }

  @Test
  void aThousandMadeUpVansAreNoMoreThanAHundredLines() throws Exception {
    for (int i = 0; i < 120; i++) {
      room.sendAsIs(new VanId("made-up-" + i), "{\"no\":1}".getBytes(UTF_8));
    }
    room.alert("S-2");

    assertThat(snapshot().required("refused").size()).isEqualTo(100);
  }
}
