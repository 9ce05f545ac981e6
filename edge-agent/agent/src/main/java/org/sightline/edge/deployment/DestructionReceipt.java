package org.sightline.edge.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
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
 * @param destroyedAt when all was gone
 * @param auditHead newest record of the audit log before the one that records this receipt
 * @param alertsWaiting alerts that still waited for the broker then; empty in receipts from before
 *     they were counted
 */
public record DestructionReceipt(
    DeploymentId deployment,
    Sha256 device,
    HeldList list,
    Ended ended,
    Instant destroyedAt,
    String auditHead,
    OptionalInt alertsWaiting) {
  /**
   * How the deployment ended.
   *
   * @param reason an {@link EndReason}'s word
   * @param by in the audit log's form
   */
  public record Ended(String reason, String by, Instant at) {
    static Ended of(DeploymentStatus.End end) {
      return new Ended(end.reason().word(), end.by(), end.at());
    }
  }

  /** What is in the signed document, in this order and under these names. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Document(
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
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt alertsWaiting) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static DestructionReceipt of(Document document) {
    return new DestructionReceipt(
        document.deployment,
        document.device,
        new HeldList(document.listDigest, document.listVersion, document.entries),
        new Ended(document.reason, document.endedBy, document.endedAt),
        document.destroyedAt,
        document.auditHead,
        document.alertsWaiting);
  }

  @JsonValue
  private Document document() {
    return new Document(
        deployment,
        device,
        list.digest(),
        list.version(),
        list.entries(),
        ended.reason,
        ended.by,
        ended.at,
        destroyedAt,
        auditHead,
        alertsWaiting);
  }

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
