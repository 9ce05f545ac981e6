package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.Sha256;

class AuditHeadTest {
  private static final String HASH = "ab".repeat(32);

  @Test
  void itsTextIsReadBack() {
    AuditHead head = new AuditHead(17, new Sha256(HASH));
    assertThat(head).hasToString("17:" + HASH);
    assertThat(AuditHead.parse(head.toString())).isEqualTo(head);
    assertThat(AuditHead.parse(AuditHead.START.toString())).isEqualTo(AuditHead.START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "17", ":", "17:", "-1:HASH", "017:HASH", "17:HASH0", "17 :HASH", "0:HASH"})
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditHead.parse(text.replace("HASH", HASH)));
  }
}
