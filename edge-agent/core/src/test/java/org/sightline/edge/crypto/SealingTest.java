package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final byte[] HERE = "here".getBytes(StandardCharsets.UTF_8);
  private static final byte[] THERE = "there".getBytes(StandardCharsets.UTF_8);

  private final DeviceKeys device = DeviceKeys.generate();

  @Test
  void aSealedValueOpensInItsPlace() throws CryptoException {
    byte[] plain = {1, 2, 3};
    assertThat(device.storage().open(device.storage().seal(plain, HERE), HERE)).isEqualTo(plain);
  }

  @Test
  void aSealedValueOpensNowhereElse() {
    byte[] sealed = device.storage().seal(new byte[] {1, 2, 3}, HERE);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> device.storage().open(sealed, THERE));
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> DeviceKeys.generate().storage().open(sealed, HERE));
  }

  @Test
  void everyFlippedBitAndEveryCutOfASealedValueIsRefused() {
    byte[] sealed = device.storage().seal(new byte[] {1, 2, 3}, HERE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] bad = sealed.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> device.storage().open(bad, HERE));
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatExceptionOfType(CryptoException.class)
          .isThrownBy(() -> device.storage().open(cut, HERE));
    }
  }

  @Test
  void aContentKeyIsOpenedByTheDeviceItWasWrappedForAlone() throws Exception {
    ContentKey key = ContentKey.generate();
    byte[] plain = new byte[10_000];
    new Random(1).nextBytes(plain);
    byte[] ciphertext = encrypt(key, plain);
    byte[] wrapped = key.wrapFor(device.identity(), HERE);

    assertThat(decrypt(device.unwrap(wrapped, HERE), ciphertext)).isEqualTo(plain);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> DeviceKeys.generate().unwrap(wrapped, HERE));
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> device.unwrap(wrapped, THERE));
  }

  @Test
  void aBodyCutAtASegmentIsRefused() throws Exception {
    ContentKey key = ContentKey.generate();
    byte[] ciphertext = encrypt(key, new byte[20_000]);
    assertThatIOException().isThrownBy(() -> decrypt(key, Arrays.copyOf(ciphertext, 2 * 4096)));
  }

  private static byte[] encrypt(ContentKey key, byte[] plain) throws IOException {
    ByteArrayOutputStream ciphertext = new ByteArrayOutputStream();
    try (OutputStream out = key.encrypting(ciphertext, HERE)) {
      out.write(plain);
    }
    return ciphertext.toByteArray();
  }

  private static byte[] decrypt(ContentKey key, byte[] ciphertext) throws IOException {
    return key.decrypting(new ByteArrayInputStream(ciphertext), HERE).readAllBytes();
  }
}
