package org.sightline.edge.audit;

import java.time.Instant;
import java.util.SortedMap;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;

/**
 * An event in its place in the log, as this version writes it: a line of an exported log is this
 * record in {@linkplain CanonicalJson one spelling}. The hash is SHA-256 of those bytes, so that it
 * covers, through {@code previous}, everything before.
 *
 * @param sequence from 1, without gaps
 * @param at when it was done, by the device's clock, to the millisecond
 * @param previous hash of the record before, or zeros
 */
public record AuditRecord(
    long sequence,
    Instant at,
    AuditKind event,
    Actor actor,
    SortedMap<String, String> details,
    Sha256 previous) {

  static AuditRecord following(AuditHead head, Instant at, AuditEvent event) {
    return new AuditRecord(
        head.sequence() + 1,
        Instant.ofEpochMilli(at.toEpochMilli()),
        event.event(),
        event.actor(),
        event.details(),
        head.hash());
  }

  /** The record as a line of a log has it, without a line end. */
  public byte[] line() {
    return CanonicalJson.write(this);
  }

  /** This record as the newest one. */
  public AuditHead head() {
    return new AuditHead(sequence, Sha256.of(line()));
  }
}
