package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.testing.FuzzTarget;

/** A message is refused, or is an alert that a terminal can show. */
class ReceivedAlertFuzzTest extends FuzzTarget {
  private static final ControlRoomKeys KEYS = ControlRoomKeys.generate();

  @Override
  protected List<byte[]> seeds() {
    Alert alert =
        new Alert(
            new UUID(7, 7),
            new DeploymentId("D-1"),
            Alerts.VAN,
            new CameraId("mast-1"),
            "High Street",
            new SubjectRef("S-1"),
            "exercise",
            new Similarity(0.83),
            new Similarity(0.62),
            new MatchStrength(0.004, 0.02, false, "lfw-dev"),
            501,
            "retail-0095",
            Instant.EPOCH,
            Instant.EPOCH,
            0,
            new Jpeg(utf8("probe")),
            new Jpeg(utf8("portrait")),
            new PresentationCheck(0.07, 0.1, "minifasnet"));
    return List.of(
        Alerts.event(alert), Alerts.event(alert, KEYS.identity()), utf8("[]"), utf8("1"));
  }

  @Override
  protected void take(byte[] input) {
    try {
      ReceivedAlert alert = ReceivedAlert.parse(input);
      ReceivedAlert.Match match = alert.opened(KEYS).match();
      assertThat(match.category()).doesNotContainPattern("\\p{Cc}");
    } catch (PublishException | CryptoException refusal) {
      assertOneLine(refusal);
    }
  }
}
