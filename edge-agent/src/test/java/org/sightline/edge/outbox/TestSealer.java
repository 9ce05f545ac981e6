package org.sightline.edge.outbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM with a fixed key and nonce, so that a test can tell what a sealed payload looks like on
 * disk.
 */
public final class TestSealer implements Sealer {
  private static final byte[] KEY = "a key for tests.".getBytes(StandardCharsets.US_ASCII);

  @Override
  public byte[] seal(byte[] payload, byte[] associatedData) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, associatedData).doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] open(byte[] sealed, byte[] associatedData) throws OutboxException {
    try {
      return cipher(Cipher.DECRYPT_MODE, associatedData).doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw new OutboxException("not sealed by this key", "test", "none", e);
    }
  }

  private static Cipher cipher(int mode, byte[] associatedData) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, new byte[12]));
    cipher.updateAAD(associatedData);
    return cipher;
  }
}
