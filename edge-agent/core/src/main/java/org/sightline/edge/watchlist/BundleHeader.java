package org.sightline.edge.watchlist;

import java.nio.charset.StandardCharsets;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * The signed header of a bundle; says how many are listed and why, and nothing about anybody.
 *
 * @param device fingerprint of the one device that can open it
 * @param entryCount listed subjects, 1 to {@value #MAX_ENTRIES}
 * @param contents what the entries are, as counts
 * @param bodySizeBytes length of the encrypted body
 * @param bodyDigest of the encrypted body
 * @param wrappedKey base64 of the content key, encrypted to the device
 */
public record BundleHeader(
    BundleTerms terms,
    Sha256 device,
    int entryCount,
    BundleContents contents,
    long bodySizeBytes,
    Sha256 bodyDigest,
    String wrappedKey) {
  static final int MAX_ENTRIES = 1_000_000;

  /** Media type that the signature covers. */
  public static final String TYPE = "application/vnd.sightline.watchlist-header.v1+json";

  public BundleHeader {
    if (entryCount < 1 || entryCount > MAX_ENTRIES || contents.entryCount() != entryCount) {
      throw new IllegalArgumentException(
          "a list has 1 to " + MAX_ENTRIES + " entries, all counted");
    }
    if (bodySizeBytes < entryCount * BundleFormat.leastEntrySizeBytes(terms)) {
      throw new IllegalArgumentException("a body has room for its entries");
    }
    if (!contents.entriesByCategory().keySet().stream().allMatch(terms::allows)) {
      throw new IllegalArgumentException("a policy names every category that is listed");
    }
    if (terms.control().isPresent() && contents.controlEntries(terms) == 0) {
      throw new IllegalArgumentException("a list that says so has control entries");
    }
    if (contents.earliestReview().isBefore(terms.lastDay())) {
      throw new IllegalArgumentException("a list expires before a listing has to be reviewed");
    }
  }

  /** What the content key and every segment of the body are bound to. */
  public static byte[] context(DeploymentId deployment, Sha256 device) {
    return ("sightline watchlist v1\n" + deployment + "\n" + device)
        .getBytes(StandardCharsets.UTF_8);
  }
}
