package org.sightline.edge.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.DeploymentId;

/**
 * What a device signs when a list is gone: the key was overwritten and deleted, the rows and the
 * bundle were removed, and neither the data file nor its log holds a copy.
 *
 * @param listDigest of the bundle, as authorised
 * @param entries subjects that were listed
 * @param reason why the deployment ended, an {@link EndReason}'s word
 * @param endedBy who ended it, in the audit log's form
 * @param endedAt when it ended
 * @param destroyedAt when all was gone
 * @param auditHead newest record of the audit log before the one that records this receipt
 * @param alertsWaiting alerts that still waited for the broker then; empty in receipts from before
 *     they were counted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DestructionReceipt(
    DeploymentId deployment,
    Sha256 device,
    Sha256 listDigest,
    long listVersion,
    int entries,
    String reason,
    String endedBy,
    Instant endedAt,
    Instant destroyedAt,
    String auditHead,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt alertsWaiting) {
  private static final String TYPE = "application/vnd.sightline.destruction-receipt.v1+json";

  SignedDocument sign(DeviceKeys device) {
    return device.sign(TYPE, CanonicalJson.write(this));
  }

  /** The receipt in a document that this device signed; empty if it is none. */
  public static Optional<DestructionReceipt> read(byte[] document, DeviceIdentity device) {
    return device.readSigned(document, TYPE, DestructionReceipt.class)
            instanceof SignedDocument.Reading.Signed<DestructionReceipt> signed
        ? Optional.of(signed.content())
        : Optional.empty();
  }
}
