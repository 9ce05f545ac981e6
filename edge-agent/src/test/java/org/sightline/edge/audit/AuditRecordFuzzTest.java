package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.sightline.edge.testing.FuzzTarget;

/** A line is a record with exactly these bytes and nothing but well-formed details, or none. */
class AuditRecordFuzzTest extends FuzzTarget {
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
    AuditRecord.parse(input)
        .ifPresent(
            record -> {
              assertThat(record.line()).isEqualTo(input);
              assertThat(new AuditEvent(record.event(), record.actor(), record.details()).details())
                  .isEqualTo(record.details());
            });
  }
}
