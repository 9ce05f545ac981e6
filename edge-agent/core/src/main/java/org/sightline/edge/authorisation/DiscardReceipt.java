package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Optional;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;

/**
 * What a device signs, and publishes, when all of a deployment is gone whose urgent authorisation
 * was refused: its list, and all that came of it. Described by
 * docs/contract/discard-receipt.v1.schema.json.
 *
 * @param device fingerprint of its identity
 * @param refusal who refused what
 * @param discardedAt when all was gone
 * @param auditHead newest record of the audit log before the one that records this receipt
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DiscardReceipt(
    DeploymentId deployment,
    Sha256 device,
    Refused refusal,
    Counts discarded,
    Instant discardedAt,
    String auditHead) {
  /** No receipt is longer. */
  public static final int MAX_SIZE_BYTES = 4096;

  private static final String TYPE = "application/vnd.sightline.discard-receipt.v1+json";

  /**
   * The refusal.
   *
   * @param authorisation digest of the signed authorisation that was refused
   * @param document digest of the signed refusal
   * @param by fingerprint of the authority's key
   * @param at when it was applied
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Refused(Sha256 authorisation, Sha256 document, Sha256 by, Instant at) {}

  /**
   * How much was discarded, beside the list: what was still there when the refusal was applied.
   *
   * @param alerts that were known, published or not
   * @param alertsWaiting of them, those that the broker never had
   * @param walks announced walks of control entries, one for each camera
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Counts(
      long alerts, long alertsWaiting, long outcomes, long engagements, long walks) {}

  /** Signs it. */
  public SignedDocument sign(DeviceKeys keys) {
    return keys.sign(TYPE, CanonicalJson.write(this));
  }

  /** The receipt in a document that this device signed about itself; empty if it is none. */
  public static Optional<DiscardReceipt> read(byte[] document, DeviceIdentity device) {
    return document.length <= MAX_SIZE_BYTES
            && device.readSigned(document, TYPE, DiscardReceipt.class)
                instanceof Reading.Signed<DiscardReceipt> signed
            && signed.content().device().equals(device.fingerprint())
        ? Optional.of(signed.content())
        : Optional.empty();
  }
}
