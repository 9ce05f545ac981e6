package org.sightline.edge.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that systemd-creds of systemd 252 has made, cut off behind what is read of them. */
class SealedByTest {
  private static final String TPM_AND_DISK = "k6iUCUh0RJCQyvL8k8q1UyAAAAABAAAADAAAABAAAADe4ao5";

  private static Optional<SealedBy> of(String credential) {
    return SealedBy.of(credential.getBytes(US_ASCII));
  }

  @Test
  void theKeyOnTheDiskAloneIsSeen() {
    assertThat(of("Whxqht+dQJax1aZeCGLxmiAAAAABAAAADAAAABAAAAAsOzzN\n8uYcTHrMSiEAAAAA\n"))
        .contains(new SealedBy(true, false, List.of(), false));
  }

  @Test
  void thePcrThatSecureBootChangesIsNamed() {
    SealedBy by = of(TPM_AND_DISK + "foteL6zfvx4AAAAAgAAAAAAAAAALACMA").orElseThrow();

    assertThat(by).isEqualTo(new SealedBy(true, true, List.of(7), false));
    assertThat(by.changing()).containsExactly(7);
    assertThat(by.line()).isEqualTo("this machine's TPM, this disk's key, PCR 7 as it was");
  }

  @Test
  void thePcrThatNothingChangesIsNoneThatMatters() {
    SealedBy by = of(TPM_AND_DISK + "foteL6zfvx4AAAAAAAABAAAAAAALACMA").orElseThrow();

    assertThat(by.registers()).containsExactly(16);
    assertThat(by.changing()).isEmpty();
    assertThat(by.line()).isEqualTo("this machine's TPM, this disk's key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no credential!", "AAAA", TPM_AND_DISK, "q6iUCUh0RJCQyvL8k8q1UyAAAAAB"})
  void whatIsCutShortOrOfAnotherKindIsNotGuessed(String credential) {
    assertThat(of(credential)).isEmpty();
  }

  @Test
  void aNonceOfAnyLengthEndsInsideOrTheKindIsNotGuessed() {
    String negative = "k6iUCUh0RJCQyvL8k8q1UyAAAAABAAAA/////xAAAADe4ao5foteL6zfvx4AAAAA";

    assertThat(of(negative)).isEmpty();
  }
}
