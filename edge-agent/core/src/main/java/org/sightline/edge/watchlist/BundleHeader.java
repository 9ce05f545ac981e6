package org.sightline.edge.watchlist;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * The signed header of a bundle; says how many are listed and why, and nothing about anybody.
 *
 * @param device fingerprint of the device that can open it; the body is bound to it
 * @param entryCount listed subjects, 1 to {@value #MAX_ENTRIES}
 * @param contents what the entries are, as counts
 * @param bodySizeBytes length of the encrypted body
 * @param bodyDigest of the encrypted body
 * @param wrappedKey base64 of the content key, encrypted to the device
 * @param moreDevices further ones that can open it; empty, and not written, if there are none
 */
public record BundleHeader(
    BundleTerms terms,
    Sha256 device,
    int entryCount,
    BundleContents contents,
    long bodySizeBytes,
    Sha256 bodyDigest,
    String wrappedKey,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<KeyForDevice>> moreDevices) {
  static final int MAX_ENTRIES = 1_000_000;

  /** As many as an authorisation names. */
  public static final int MAX_DEVICES = 64;

  /**
   * The content key for one device.
   *
   * @param wrappedKey base64 of it, encrypted to the device
   */
  public record KeyForDevice(Sha256 device, String wrappedKey) {}

  /** Media type that the signature covers. */
  public static final String TYPE = "application/vnd.sightline.watchlist-header.v1+json";

  public BundleHeader {
    moreDevices = moreDevices.map(List::copyOf);
    moreDevices.ifPresent(more -> requireDevices(device, more));
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

  private static void requireDevices(Sha256 first, List<KeyForDevice> more) {
    long different = more.stream().map(KeyForDevice::device).distinct().count();
    if (more.isEmpty()
        || more.size() >= MAX_DEVICES
        || different < more.size()
        || more.stream().anyMatch(each -> each.device().equals(first))) {
      throw new IllegalArgumentException(
          "a list is for 1 to " + MAX_DEVICES + " different devices");
    }
  }

  /** The wrapped content key of a device, base64; empty if it cannot open the list. */
  Optional<String> keyOf(Sha256 wanted) {
    return Stream.concat(
            Stream.of(new KeyForDevice(device, wrappedKey)),
            moreDevices.stream().flatMap(List::stream))
        .filter(each -> each.device().equals(wanted))
        .map(KeyForDevice::wrappedKey)
        .findFirst();
  }

  /** Whether a device can open it. */
  public boolean isFor(Sha256 wanted) {
    return keyOf(wanted).isPresent();
  }

  /** How many devices can open it. */
  public int devices() {
    return 1 + moreDevices.map(List::size).orElse(0);
  }

  /**
   * What the content key of a device is bound to; every segment of the body is to that of the
   * first.
   */
  public static byte[] context(DeploymentId deployment, Sha256 device) {
    return ("sightline watchlist v1\n" + deployment + "\n" + device)
        .getBytes(StandardCharsets.UTF_8);
  }
}
