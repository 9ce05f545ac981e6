package org.sightline.edge.publish;

import java.time.Instant;
import java.util.UUID;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.testing.SampleAlert;

/** Alerts for tests, about nobody. */
public final class Alerts {
  public static final VanId VAN = SampleAlert.VAN;

  /** Of the box in that van; each process has another. */
  public static final DeviceKeys DEVICE = DeviceKeys.generate();

  /** Of an audit log that nobody has. */
  public static final AuditHead HEAD = new AuditHead(17, Sha256.of(new byte[] {17}));

  /** The same, of which log. */
  public static final LogPosition POSITION =
      new LogPosition(new LogInstance("0123456789abcdef".repeat(2)), HEAD);

  private Alerts() {}

  /** A new alert about a subject, decided now. */
  public static Alert about(String subject) {
    return SampleAlert.about(subject).build();
  }

  /** An alert of a given id. */
  public static Alert about(UUID id, String subject) {
    return SampleAlert.about(subject).id(id).build();
  }

  /** A new alert about a subject whose portrait could not be read. */
  public static Alert withoutPortrait(String subject) {
    return SampleAlert.about(subject).withoutPortrait().build();
  }

  /** The event of an alert of an exercise as it goes out now, in clear and not yet signed. */
  public static byte[] event(Alert alert) {
    return event(alert, AlertTerms.DEFAULT, DeploymentClass.EXERCISE);
  }

  /** The event of a live alert as it goes out now, sealed for a control room, not yet signed. */
  public static byte[] event(Alert alert, ControlRoomIdentity controlRoom) {
    return event(alert, AlertTerms.DEFAULT.sealedFor(controlRoom), DeploymentClass.LIVE);
  }

  /** The event of an alert as it goes out now, not yet signed. */
  public static byte[] event(Alert alert, AlertTerms terms, DeploymentClass deploymentClass) {
    return AlertEvent.published(
            AlertEvent.encode(alert, HEAD, terms, deploymentClass),
            Instant.now(),
            Recipients.AS_AUTHORISED)
        .orElseThrow();
  }

  /** An event, signed by the device of the van. */
  public static byte[] signed(byte[] event) {
    return DEVICE.signMessage(AlertEvent.SIGNED_TYPE, event);
  }
}
