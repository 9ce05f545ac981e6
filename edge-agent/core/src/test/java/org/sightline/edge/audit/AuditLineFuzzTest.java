package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.testing.FuzzTarget;

/** A line is a place in the log with the hash of all of its bytes, or none. */
class AuditLineFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() {
    AuditEvent event = AuditEvent.of(AuditKind.ALERT_RAISED, Actor.officer("1234"));
    return List.of(line(event), line(event.with("entries", 12).with("at", Instant.EPOCH)));
  }

  private static byte[] line(AuditEvent event) {
    return AuditRecord.following(AuditHead.START, Instant.EPOCH, event).line();
  }

  @Override
  protected void take(byte[] input) {
    AuditLine.parse(input)
        .ifPresent(
            line ->
                assertThat(line.head())
                    .isEqualTo(new AuditHead(line.sequence(), Sha256.of(input)))
                    .isEqualTo(line.after(line.previous()).head()));
  }
}
