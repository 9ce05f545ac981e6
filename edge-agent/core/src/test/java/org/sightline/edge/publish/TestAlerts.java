package org.sightline.edge.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;

/** Test alerts of a van that answers. */
public final class TestAlerts {
  public static final DeploymentId DEPLOYMENT = new DeploymentId("D-2026-014");

  private TestAlerts() {}

  /** The event of the test alert of an id as it goes out now, not yet signed. */
  public static byte[] event(UUID id, ControlRoomIdentity controlRoom) {
    Instant now = Instant.now();
    return AlertEvent.published(
            TestAlertEvent.encode(
                new TestRequest(
                    id, Alerts.VAN, Actor.officer("1234"), now.plus(TestRequest.LONGEST)),
                DEPLOYMENT,
                Alerts.HEAD,
                now,
                now.plus(Duration.ofMinutes(2)),
                new Jpeg(new byte[] {1, 2, 3}),
                controlRoom),
            now,
            Recipients.AS_AUTHORISED)
        .orElseThrow();
  }

  /** The same, answering a request and signed by the device of the van. */
  public static byte[] signed(UUID id, ControlRoomIdentity controlRoom) {
    return Alerts.DEVICE.signMessage(TestAlertEvent.SIGNED_TYPE, event(id, controlRoom));
  }
}
