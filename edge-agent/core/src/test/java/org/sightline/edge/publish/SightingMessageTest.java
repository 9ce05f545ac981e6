package org.sightline.edge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.publish.VanMessages.Reading;

/** Whether somebody is in view, from the van to the control room. */
class SightingMessageTest {
  private static final Instant AT = Instant.parse("2026-11-28T09:00:00Z");
  private static final AlertSighting SEEN =
      new AlertSighting(UUID.randomUUID(), AT, true, Walking.RIGHT);
  private static final AlertSighting GONE = new AlertSighting(SEEN.alert(), AT, false, null);

  private final ControlRoomKeys room = ControlRoomKeys.generate();

  private byte[] message(AlertSighting sighting) {
    return SightingMessage.published(
        Alerts.VAN,
        SightingMessage.encode(sighting, Optional.of(room.identity())),
        AT.plusSeconds(1));
  }

  @Test
  void whatAVanSaysIsRead() {
    for (AlertSighting sighting : new AlertSighting[] {SEEN, GONE}) {
      assertThat(SightingMessage.read(Alerts.VAN, message(sighting), room))
          .hasValue(new SightingMessage(sighting, AT.plusSeconds(1)));
    }
  }

  @Test
  void itSaysNothingInTheOpenButOfWhichAlertItIs() {
    assertThat(new String(message(SEEN), UTF_8))
        .doesNotContain("lastSeen", "inView", "walking", "right");
  }

  @Test
  void anotherControlRoomReadsNothing() {
    assertThat(SightingMessage.read(Alerts.VAN, message(SEEN), ControlRoomKeys.generate()))
        .isEmpty();
  }

  @Test
  void whatIsSealedForOneAlertIsNoneOfAnother() {
    String other =
        new String(message(SEEN), UTF_8)
            .replace(SEEN.alert().toString(), UUID.randomUUID().toString());
    assertThat(SightingMessage.read(Alerts.VAN, other.getBytes(UTF_8), room)).isEmpty();
  }

  @Test
  void oneOfAnotherVanIsNone() {
    assertThat(SightingMessage.read(new VanId("van-2"), message(SEEN), room)).isEmpty();
  }

  @Test
  void aControlRoomTakesItOnlyWithTheSignatureOfTheVan(@TempDir Path folder) throws Exception {
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    VanMessages messages = new VanMessages(VanIdentities.in(folder), InstantSource.system());
    byte[] signed = Alerts.DEVICE.signMessage(SightingMessage.SIGNED_TYPE, message(SEEN));

    assertThat(messages.sighting(Alerts.VAN, signed, room).taken())
        .map(SightingMessage::sighting)
        .hasValue(SEEN);
    assertThat(messages.sighting(Alerts.VAN, message(SEEN), room))
        .isEqualTo(new Reading.Refused<>(MessageFault.UNSIGNED));
    signed[signed.length / 3] ^= 1;
    assertThat(messages.sighting(Alerts.VAN, signed, room).taken()).isEmpty();
  }

  @Test
  void noMessageIsLongerThanAControlRoomTakes() {
    assertThat(Alerts.DEVICE.signMessage(SightingMessage.SIGNED_TYPE, message(SEEN)).length)
        .isLessThan(SightingMessage.MAX_SIZE_BYTES);
  }

  @Test
  void thatSomebodyIsInViewIsOfNoUseLater() {
    assertThat(SightingMessage.expiry(true)).isLessThan(Duration.ofSeconds(12));
    assertThat(SightingMessage.expiry(false)).isGreaterThan(Duration.ofMinutes(1));
  }
}
