package org.sightline.edge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.VanMessages.Reading;
import org.sightline.edge.testing.SampleAlert;
import org.sightline.edge.testing.SteppedClock;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which messages of vans a control room takes. */
class VanMessagesTest {
  private static final VanId OTHER_VAN = new VanId("van-2");
  private static final VanId UNKNOWN_VAN = new VanId("van-77");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private final ControlRoomKeys room = ControlRoomKeys.generate();
  private final DeviceKeys otherDevice = DeviceKeys.generate();
  private final Alert alert = Alerts.about("S-0001");
  private final byte[] event = Alerts.event(alert, room.identity());
  private final byte[] live = Alerts.signed(event);
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private VanMessages messages;

  @BeforeEach
  void theDevicesOfTwoVansAreKnown() throws Exception {
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    otherDevice.identity().writeTo(folder.resolve(OTHER_VAN + ".identity"));
    messages = new VanMessages(VanIdentities.in(folder), clock);
  }

  private Object fault(VanId van, byte[] message) {
    Reading<ReceivedAlert> reading = messages.alert(van, message);
    return reading instanceof Reading.Refused<ReceivedAlert> refused ? refused.fault() : "taken";
  }

  private Object fault(byte[] message) {
    return fault(Alerts.VAN, message);
  }

  private ReceivedAlert taken(VanId van, byte[] message) {
    return ((Reading.Taken<ReceivedAlert>) messages.alert(van, message)).content();
  }

  private static byte[] with(byte[] event, UnaryOperator<ObjectNode> change) {
    return JSON.writeValueAsBytes(change.apply((ObjectNode) JSON.readTree(event)));
  }

  private static ObjectNode data(ObjectNode event) {
    return (ObjectNode) event.required("data");
  }

  @Test
  void aLiveAlertThatItsVanSignedAndSealedIsTaken() {
    ReceivedAlert taken = taken(Alerts.VAN, live);

    assertThat(taken.id()).isEqualTo(alert.id());
    assertThat(taken.isSigned()).isTrue();
    assertThat(taken.isExercise()).isFalse();
  }

  @Test
  void noByteOfALiveAlertCanBeAnother() {
    for (int i = 0; i < live.length; i++) {
      byte[] bad = live.clone();
      bad[i] ^= (byte) (1 << (i % 8));
      assertThat(fault(bad)).as("byte " + i).isNotEqualTo("taken");
    }
  }

  @Test
  void anAlertWithoutASignatureIsRefused() {
    assertThat(fault(event)).isEqualTo(MessageFault.UNSIGNED);
  }

  @Test
  void aSignatureThatWasTakenOffIsNotMissedByCallingItAnExercise() {
    byte[] exercise =
        with(
            event,
            node -> {
              data(node).put("deploymentClass", "exercise");
              return node;
            });

    assertThat(fault(exercise)).isEqualTo(MessageFault.UNSIGNED);
  }

  @Test
  void theSealedPartOfAnotherAlertIsAnAlteration() {
    Alert other = Alerts.about("S-0002");
    String sealedOfOther =
        JSON.readTree(Alerts.event(other, room.identity()))
            .required("data")
            .required("sealed")
            .stringValue();
    String sealed = JSON.readTree(live).required("data").required("sealed").stringValue();
    String swapped = new String(live, UTF_8).replace(sealed, sealedOfOther);

    assertThat(fault(swapped.getBytes(UTF_8))).isEqualTo(MessageFault.ALTERED);
  }

  @Test
  void theClearPartOfAnotherAlertIsAnAlteration() {
    String moved =
        new String(live, UTF_8)
            .replace(alert.id().toString(), "0193f0a1-7c3e-7d21-9a5b-2f6f1d0c8e11");

    assertThat(fault(moved.getBytes(UTF_8))).isEqualTo(MessageFault.ALTERED);
  }

  @Test
  void aViewThatWasTakenOutOrPutInAnothersPlaceIsAnAlteration() {
    byte[] views =
        Alerts.signed(
            Alerts.event(
                SampleAlert.about("S-0001")
                    .moreViews(view("second of her"), view("third of her"))
                    .build()));
    String message = new String(views, UTF_8);
    String second = base64("second of her");
    String swapped = message.replace(second, base64("third of her"));
    String fewer = message.replaceFirst(",\\{[^{}]*" + base64("third of her") + "\"\\}", "");
    String none = message.replaceFirst("\"moreViews\":\\[[^\\]]*\\],", "");

    assertThat(fault(views)).isEqualTo("taken");
    for (String altered : List.of(swapped, fewer, none)) {
      assertThat(altered).isNotEqualTo(message);
      assertThat(fault(altered.getBytes(UTF_8))).isEqualTo(MessageFault.ALTERED);
    }
  }

  private static FacePicture view(String content) {
    return new FacePicture(new Jpeg(content.getBytes(UTF_8)), null);
  }

  private static String base64(String content) {
    return Base64.getEncoder().encodeToString(content.getBytes(UTF_8));
  }

  @Test
  void theKeyOfAnotherVanIsNotThisOnes() {
    assertThat(fault(otherDevice.signMessage(AlertEvent.SIGNED_TYPE, event)))
        .isEqualTo(MessageFault.OTHER_SIGNER);
  }

  @Test
  void onTheTopicOfAnotherVanItIsRefused() {
    assertThat(fault(OTHER_VAN, live)).isEqualTo(MessageFault.OTHER_SIGNER);
  }

  @Test
  void aVanSpeaksForItselfAlone() {
    assertThat(fault(OTHER_VAN, otherDevice.signMessage(AlertEvent.SIGNED_TYPE, event)))
        .isEqualTo(MessageFault.OTHER_VAN);
  }

  @Test
  void aReceiptIsNoAlert() {
    assertThat(fault(Alerts.DEVICE.signMessage(OutcomeReceipt.SIGNED_TYPE, event)))
        .isEqualTo(MessageFault.OTHER_SIGNER);
  }

  @Test
  void aLiveAlertInClearIsRefused() {
    byte[] clear = Alerts.event(alert, AlertTerms.DEFAULT, DeploymentClass.LIVE);

    assertThat(fault(Alerts.signed(clear))).isEqualTo(MessageFault.UNSEALED);
  }

  @Test
  void anAlertThatDoesNotSayWhatItIsOfMayBeLive() {
    byte[] older =
        with(
            Alerts.event(alert),
            node -> {
              data(node).remove("deploymentClass");
              return node;
            });

    assertThat(fault(Alerts.signed(older))).isEqualTo(MessageFault.UNSEALED);
    assertThat(fault(UNKNOWN_VAN, ofVan(UNKNOWN_VAN, older)))
        .isEqualTo(MessageFault.UNKNOWN_DEVICE);
  }

  @Test
  void anExerciseOfAKnownVanIsTakenInClear() {
    ReceivedAlert taken = taken(Alerts.VAN, Alerts.signed(Alerts.event(alert)));

    assertThat(taken.isExercise()).isTrue();
    assertThat(taken.isSigned()).isTrue();
  }

  private static byte[] ofVan(VanId van, byte[] event) {
    return with(
        event,
        node -> {
          data(node).put("van", van.value());
          return node;
        });
  }

  @Test
  void anExerciseOfAnUnknownVanIsTakenAndNotTakenForSigned() {
    byte[] exercise = ofVan(UNKNOWN_VAN, Alerts.event(alert));

    assertThat(taken(UNKNOWN_VAN, exercise).isSigned()).isFalse();
    assertThat(taken(UNKNOWN_VAN, Alerts.signed(exercise)).isSigned()).isFalse();
  }

  @Test
  void aLiveAlertOfAnUnknownVanIsRefusedThoughItIsSigned() {
    assertThat(fault(UNKNOWN_VAN, Alerts.signed(ofVan(UNKNOWN_VAN, event))))
        .isEqualTo(MessageFault.UNKNOWN_DEVICE);
  }

  @Test
  void aVanWhoseIdentityCannotBeReadIsNoUnknownOne() throws Exception {
    Files.writeString(folder.resolve(UNKNOWN_VAN + ".identity"), "{}");

    assertThat(fault(UNKNOWN_VAN, ofVan(UNKNOWN_VAN, Alerts.event(alert))))
        .isEqualTo(MessageFault.UNUSABLE_IDENTITY);
  }

  @Test
  void anIdentityThatIsReplacedCountsAtOnce() throws Exception {
    assertThat(fault(live)).isEqualTo("taken");
    Path file = folder.resolve(Alerts.VAN + ".identity");
    Files.delete(file);
    otherDevice.identity().writeTo(file);

    assertThat(fault(live)).isEqualTo(MessageFault.OTHER_SIGNER);
  }

  @Test
  void aMemberThatANewerVanAddsIsCoveredAndPassedOver() {
    byte[] more =
        with(
            event,
            node -> {
              data(node).put("added", "later");
              return node;
            });
    assertThat(fault(Alerts.signed(more))).isEqualTo("taken");

    String altered = new String(Alerts.signed(more), UTF_8).replace("later", "never");
    assertThat(fault(altered.getBytes(UTF_8))).isEqualTo(MessageFault.ALTERED);
  }

  @Test
  void aReceiptCountsIfTheVanHasSignedIt() {
    OutcomeReceipt receipt = OutcomeReceipt.recorded(UUID.randomUUID(), Outcome.TRUE, Alerts.HEAD);
    byte[] message = receipt.encode(Alerts.VAN);

    assertThat(receipt(Alerts.DEVICE.signMessage(OutcomeReceipt.SIGNED_TYPE, message)))
        .isEqualTo(new Reading.Taken<>(receipt));
    assertThat(receipt(message)).isEqualTo(new Reading.Refused<>(MessageFault.UNSIGNED));
    assertThat(receipt(otherDevice.signMessage(OutcomeReceipt.SIGNED_TYPE, message)))
        .isEqualTo(new Reading.Refused<>(MessageFault.OTHER_SIGNER));
    assertThat(messages.receipt(UNKNOWN_VAN, receipt.encode(UNKNOWN_VAN)))
        .isEqualTo(new Reading.Refused<>(MessageFault.UNKNOWN_DEVICE));
  }

  @Test
  void aStatusCountsIfTheVanHasSignedItOrItsDeviceIsNotKnown() {
    byte[] status = "{\"van\":\"van-1\",\"state\":\"offline\"}".getBytes(UTF_8);

    assertThat(
            messages
                .status(Alerts.VAN, Alerts.DEVICE.signMessage(VanStatus.SIGNED_TYPE, status))
                .taken())
        .hasValue(status);
    assertThat(messages.status(Alerts.VAN, status).refusal()).hasValue(MessageFault.UNSIGNED);
    assertThat(messages.status(UNKNOWN_VAN, status).taken()).hasValue(status);
  }

  private void vanSays(Instant at, LogInstance instance, int records) {
    String status =
        """
        {"van":"van-1","state":"online","at":"%s","instance":"%s","auditHead":"%s"}\
        """
            .formatted(at, instance.hex(), new AuditHead(records, Alerts.HEAD.hash()));
    messages.status(
        Alerts.VAN, Alerts.DEVICE.signMessage(VanStatus.SIGNED_TYPE, status.getBytes(UTF_8)));
  }

  private static final LogInstance FOLDER = new LogInstance("0f".repeat(16));
  private static final LogInstance OTHER_FOLDER = new LogInstance("e1".repeat(16));
  private final Instant expires = alert.times().decided().plus(AlertTerms.LONGEST_RETENTION);

  @Test
  void anAlertThatIsOverByTheClockOfItsVanWasPublishedBefore() {
    vanSays(expires.minusSeconds(1), FOLDER, 17);
    assertThat(fault(live)).isEqualTo("taken");

    vanSays(expires.plusSeconds(1), FOLDER, 17);
    assertThat(fault(live)).isEqualTo(MessageFault.EXPIRED);
  }

  @Test
  void theClockOfAVanGoesOnWhileItSaysNothingAndIsNotSetBackByWhatItSaidBefore() {
    vanSays(expires.minusSeconds(60), FOLDER, 17);
    clock.shift(Duration.ofSeconds(61));
    assertThat(fault(live)).isEqualTo(MessageFault.EXPIRED);

    vanSays(expires.minusSeconds(60), FOLDER, 17);
    vanSays(expires.minusSeconds(90), FOLDER, 16);
    assertThat(fault(live)).isEqualTo(MessageFault.EXPIRED);
  }

  @Test
  void aVanWhoseClockCameBackWithAnEarlierTimeIsHeard() {
    vanSays(expires.plusSeconds(1), FOLDER, 17);

    vanSays(expires.minus(Duration.ofHours(12)), FOLDER, 18);

    assertThat(fault(live)).isEqualTo("taken");
  }

  @Test
  void aVanThatWasSetUpAgainWithAnotherTimeIsHeard() {
    vanSays(expires.plus(Duration.ofDays(300)), FOLDER, 17);
    assertThat(fault(live)).isEqualTo(MessageFault.EXPIRED);

    vanSays(alert.times().decided(), OTHER_FOLDER, 1);
    assertThat(fault(live)).isEqualTo("taken");
  }

  private Reading<OutcomeReceipt> receipt(byte[] message) {
    return messages.receipt(Alerts.VAN, message);
  }
}
