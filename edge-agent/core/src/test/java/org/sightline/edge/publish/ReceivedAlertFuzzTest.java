package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.SampleAlert;

/** A message is refused, or is an alert that a terminal can show. */
class ReceivedAlertFuzzTest extends FuzzTarget {
  private static final ControlRoomKeys KEYS = ControlRoomKeys.generate();

  @Override
  protected List<byte[]> seeds() {
    Alert alert =
        SampleAlert.about("S-1")
            .id(new UUID(7, 7))
            .captured(Instant.EPOCH)
            .decided(Instant.EPOCH)
            .presentationCheck(new PresentationCheck(0.07, 0.1, "minifasnet"))
            .build();
    return List.of(
        Alerts.event(alert), Alerts.event(alert, KEYS.identity()), utf8("[]"), utf8("1"));
  }

  @Override
  protected void take(byte[] input) {
    try {
      ReceivedAlert alert = ReceivedAlert.parse(input);
      alert
          .opened(KEYS)
          .taken()
          .ifPresent(
              opened ->
                  assertThat(opened.match().category()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]"));
    } catch (PublishException | CryptoException refusal) {
      assertOneLine(refusal);
    }
  }
}
