package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

class AuditEventTest {
  private static final AuditEvent EVENT = AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT);

  @Test
  void idsDigestsNumbersAndTimesAreTaken() {
    UUID id = new UUID(1, 2);
    Sha256 digest = Sha256.of(new byte[] {1});
    assertThat(
            EVENT
                .with("alert", id)
                .with("payload", digest)
                .with("deployment", new DeploymentId("D-7"))
                .with("entries", 501)
                .with("until", Instant.parse("2026-11-23T13:00:00Z"))
                .with("threshold", "0.6200")
                .details())
        .containsEntry("alert", "00000000-0000-0001-0000-000000000002")
        .containsEntry("payload", digest.hex())
        .containsEntry("deployment", "D-7")
        .containsEntry("entries", "501")
        .containsEntry("until", "2026-11-23T13:00:00Z")
        .containsEntry("threshold", "0.6200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Jane Doe", "a\nb", "tab\tbed", "Zoë", "a,b", "\"", "a\u0000"})
  void freeTextIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.with("note", text));
  }

  @Test
  void aValueLongerThanAnyIdIsRefused() {
    EVENT.with("id", "x".repeat(128));
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.with("id", "x".repeat(129)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Note", "a name", "naïve", "a-b", "1st"})
  void aDetailIsNamedInCamelCase(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.with(name, "1"));
  }

  @Test
  void moreDetailsThanALineCanHoldAreRefused() {
    AuditEvent full = EVENT;
    for (int i = 0; i < AuditEvent.MOST_DETAILS; i++) {
      full = full.with("detail" + i, i);
    }
    AuditEvent last = full;
    assertThatIllegalArgumentException().isThrownBy(() -> last.with("oneMore", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Jane Doe", "PC 1234", "-1", "a:b"})
  void anOfficerIsAReferenceAndNotAName(String reference) {
    assertThatIllegalArgumentException().isThrownBy(() -> Actor.officer(reference));
  }
}
