package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;
import tools.jackson.databind.JsonNode;

/**
 * The record of a deployment as its device signs it, tied to the audit log by the newest line of
 * then. A statement: what a newer version says besides is passed over.
 *
 * @param device fingerprint of the device that signed it
 * @param auditHead newest line of the device's log when the record was read, {@code SEQ:HASH}
 * @param record as it is published
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SignedRecord(
    DeploymentId deployment, Sha256 device, Instant signedAt, String auditHead, JsonNode record) {
  private static final String TYPE = "application/vnd.sightline.deployment-record.v1+json";

  public SignedRecord {
    AuditHead.parse(auditHead);
    if (!record.isObject()) {
      throw new IllegalArgumentException("a record is an object");
    }
    if (!record.path("deployment").asString("").equals(deployment.value())) {
      throw new IllegalArgumentException("a record is of the deployment that it is signed for");
    }
  }

  /** The newest line of the log, which the record counts up to. */
  public AuditHead head() {
    return AuditHead.parse(auditHead);
  }

  /** Signs it by the device that it names. */
  public SignedDocument sign(DeviceKeys keys) {
    return keys.sign(TYPE, CanonicalJson.write(this));
  }

  /** Reads a record that this device signed, and that says so. */
  public static Reading<SignedRecord> read(byte[] file, DeviceIdentity device) {
    Reading<SignedRecord> reading = device.readSigned(file, TYPE, SignedRecord.class);
    return reading instanceof Reading.Signed<SignedRecord> signed
            && !signed.content().device().equals(device.fingerprint())
        ? new Reading.Malformed<>()
        : reading;
  }
}
