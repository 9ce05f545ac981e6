package org.sightline.edge.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Optional;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;

/**
 * A line of a log as it was received: its place, and its bytes, over which the hash is. What else a
 * record says, also in members that this version does not know, is in those bytes. Immutable.
 */
final class AuditLine {
  private final Place place;
  private final byte[] bytes;

  private AuditLine(Place place, byte[] bytes) {
    this.place = place;
    this.bytes = bytes;
  }

  /** What the chain needs of a record. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Place(long sequence, Sha256 previous) {}

  /** The line with these bytes, which are not copied; empty if they are no record. */
  static Optional<AuditLine> parse(byte[] bytes) {
    return CanonicalJson.read(bytes, Place.class)
        .filter(place -> place.sequence() > 0)
        .map(place -> new AuditLine(place, bytes));
  }

  long sequence() {
    return place.sequence();
  }

  /** Hash of the record before, or zeros. */
  Sha256 previous() {
    return place.previous();
  }

  /** This record as the newest one. */
  AuditHead head() {
    return new AuditHead(sequence(), Sha256.of(bytes));
  }

  /** This line as it would read with another record before it. */
  AuditLine after(Sha256 hash) {
    String line = new String(bytes, ISO_8859_1);
    return new AuditLine(
        new Place(sequence(), hash),
        line.replace(member(previous()), member(hash)).getBytes(ISO_8859_1));
  }

  private static String member(Sha256 previous) {
    return "\"previous\":\"" + previous + "\"";
  }
}
