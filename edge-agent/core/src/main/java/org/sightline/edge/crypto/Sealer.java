package org.sightline.edge.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;

/**
 * Seals values that are kept on this device (AES-256-GCM, a random nonce each). Associated data is
 * not stored: it binds a value to its place, so that a sealed row copied elsewhere does not open.
 * Safe for threads.
 */
public final class Sealer {
  private final Aead aead;

  Sealer(Secret key) {
    try {
      this.aead = new AesGcmJce(key.exposed());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is there and takes 32 bytes", e);
    }
  }

  public byte[] seal(byte[] plain, byte[] associatedData) {
    try {
      return aead.encrypt(plain, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing does not fail", e);
    }
  }

  /**
   * The value that was sealed for this place.
   *
   * @throws CryptoException if a bit was altered, or the value was sealed by other keys or for
   *     another place
   */
  public byte[] open(byte[] sealed, byte[] associatedData) throws CryptoException {
    try {
      return aead.decrypt(sealed, associatedData);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(
          "a sealed value does not open",
          "the device's storage",
          "it was altered, or belongs to other device keys or to another place",
          e);
    }
  }
}
