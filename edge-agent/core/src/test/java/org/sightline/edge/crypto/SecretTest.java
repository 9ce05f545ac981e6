package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void secretsWithTheSameBytesAreEqual() {
    Secret secret = Secret.random();
    assertThat(new Secret(secret.exposed().clone())).isEqualTo(secret);
    assertThat(Secret.random()).isNotEqualTo(secret);
  }

  @Test
  void aSecretIsWipedWhenClosed() {
    Secret secret = Secret.random();
    secret.close();
    assertThat(secret.exposed()).containsOnly(0);
  }

  @Test
  void aSecretIsNotPrinted() {
    assertThat(Secret.random()).hasToString("Secret[32 bytes]");
  }

  @Test
  void bytesOfAnotherLengthAreNoKeyAndAreWiped() {
    byte[] bytes = {1, 2, 3};
    assertThatIllegalArgumentException().isThrownBy(() -> new Secret(bytes));
    assertThat(bytes).containsOnly(0);
  }
}
