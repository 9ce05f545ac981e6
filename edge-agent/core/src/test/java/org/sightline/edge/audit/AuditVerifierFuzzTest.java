package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.FuzzTarget;

/** With its published head, a log is intact or it is not the log. */
class AuditVerifierFuzzTest extends FuzzTarget {
  private final byte[] log;
  private final AuditHead head;

  AuditVerifierFuzzTest() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    AuditHead last = AuditHead.START;
    for (int i = 0; i < 4; i++) {
      AuditRecord record =
          AuditRecord.following(
              last,
              Instant.parse("2026-11-24T10:00:00Z").plusSeconds(i),
              AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT).with("number", i));
      lines.writeBytes(record.line());
      lines.write('\n');
      last = record.head();
    }
    log = lines.toByteArray();
    head = last;
  }

  @Override
  protected List<byte[]> seeds() {
    return List.of(log, Arrays.copyOf(log, log.length / 2), new byte[0]);
  }

  @Override
  protected void take(byte[] input) throws IOException, SightlineException {
    AuditVerdict verdict = new AuditVerifier(List.of(head)).verify(new ByteArrayInputStream(input));
    assertThat(verdict.line()).doesNotContainPattern("\\p{Cc}");
    if (verdict instanceof AuditVerdict.Intact) {
      // The last line end may be missing, and more records may follow.
      byte[] whole = Arrays.copyOf(log, log.length - 1);
      assertThat(Arrays.copyOf(input, whole.length)).isEqualTo(whole);
    }
  }
}
