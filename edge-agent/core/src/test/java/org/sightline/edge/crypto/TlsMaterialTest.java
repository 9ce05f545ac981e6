package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is not said to be of the wrong kind. A folder stands for a refused file. */
class TlsMaterialTest {
  @TempDir private Path folder;
  private Path key;

  @BeforeEach
  void writeKey() throws Exception {
    byte[] encoded =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    key =
        Files.writeString(
            folder.resolve("van.key"),
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n");
  }

  @Test
  void aKeyThatCannotBeReadIsReportedAsThat() {
    refused(folder, folder, "the private key cannot be read: " + folder);
  }

  @Test
  void aKeyThatIsNotThereIsReportedAsThat() {
    Path none = folder.resolve("none.key");
    refused(folder, none, "the private key cannot be read: " + none);
  }

  @Test
  void whatIsNoKeyIsReportedAsThat() throws Exception {
    Path text = Files.write(folder.resolve("text.key"), new byte[] {'n', (byte) 0xFC});
    refused(folder, text, "not a private key: " + text);
  }

  @Test
  void aCertificateThatCannotBeReadIsReportedAsThat() {
    refused(folder, key, "the certificate cannot be read: " + folder);
  }

  @Test
  void whatIsNoCertificateIsReportedAsThat() {
    refused(key, key, "not a certificate: " + key);
  }

  private static void refused(Path certificate, Path key, String message) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> TlsMaterial.serverContext(certificate, key))
        .withMessageStartingWith(message);
  }
}
