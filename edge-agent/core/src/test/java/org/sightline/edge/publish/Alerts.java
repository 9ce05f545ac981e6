package org.sightline.edge.publish;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;

/** Alerts for tests, about nobody. */
public final class Alerts {
  public static final VanId VAN = new VanId("van-1");

  /** Of an audit log that nobody has. */
  public static final AuditHead HEAD = new AuditHead(17, Sha256.of(new byte[] {17}));

  /** The same, of which log. */
  public static final LogPosition POSITION =
      new LogPosition(new LogInstance("0123456789abcdef".repeat(2)), HEAD);

  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private Alerts() {}

  /** A new alert about a subject, decided now. */
  public static Alert about(String subject) {
    return about(IDS.generate(), subject);
  }

  /** An alert of a given id. */
  public static Alert about(UUID id, String subject) {
    return about(id, subject, picture("portrait of " + subject), null);
  }

  /** A new alert about a subject whose portrait could not be read. */
  public static Alert withoutPortrait(String subject) {
    return about(IDS.generate(), subject, null, null);
  }

  /** A new alert about a subject that something has looked at for presentation attacks. */
  public static Alert checked(String subject, PresentationCheck check) {
    return about(IDS.generate(), subject, picture("portrait of " + subject), check);
  }

  private static Alert about(
      UUID id,
      String subject,
      @Nullable Jpeg portrait,
      @Nullable PresentationCheck presentationCheck) {
    Instant now = Instant.now();
    return new Alert(
        id,
        new DeploymentId("D-2026-001"),
        VAN,
        new CameraId("mast-1"),
        "High Street",
        new SubjectRef(subject),
        "exercise",
        new Similarity(0.83),
        new Similarity(0.62),
        new MatchStrength(0.004, 0.02, false, "lfw-dev"),
        501,
        "retail-0095",
        now.minusMillis(400),
        now,
        System.nanoTime(),
        picture("probe of " + subject),
        portrait,
        presentationCheck);
  }

  /** The event of an alert as it goes out now, in clear. */
  public static byte[] event(Alert alert) {
    return AlertEvent.published(AlertEvent.encode(alert, HEAD, AlertTerms.DEFAULT), Instant.now());
  }

  /** The event of an alert as it goes out now, sealed for a control room. */
  public static byte[] event(Alert alert, ControlRoomIdentity controlRoom) {
    return AlertEvent.published(
        AlertEvent.encode(alert, HEAD, AlertTerms.DEFAULT.sealedFor(controlRoom)), Instant.now());
  }

  private static Jpeg picture(String content) {
    return new Jpeg(content.repeat(50).getBytes(StandardCharsets.US_ASCII));
  }
}
