package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightline.edge.crypto.Sha256;

/**
 * The newest record of a log: from a head that was kept one can determine later whether anything up
 * to it was altered or cut.
 *
 * @param sequence number of the record, from 1; 0 before the first
 * @param hash of the record, which covers all before it; zeros before the first, and only there
 */
public record AuditHead(long sequence, Sha256 hash) {
  private static final String ZEROS = "0".repeat(64);

  /** What the first record follows. */
  public static final AuditHead START = new AuditHead(0, new Sha256(ZEROS));

  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,17}):([0-9a-f]{64})");

  public AuditHead {
    if (sequence < 0 || (sequence == 0) != hash.hex().equals(ZEROS)) {
      throw new IllegalArgumentException(
          "the hash is zeros before the first record, and only there");
    }
  }

  /**
   * Reads a head as {@link #toString()} writes it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AuditHead parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("a head is NUMBER:HASH, as alerts and status carry it");
    }
    return new AuditHead(Long.parseLong(form.group(1)), new Sha256(form.group(2)));
  }

  /** {@code 17:3f2a...}. */
  @Override
  @JsonValue
  public String toString() {
    return sequence + ":" + hash;
  }
}
