package org.sightline.edge.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.PublicKeyVerify;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.signature.subtle.Ed25519Verifier;
import com.google.crypto.tink.util.Bytes;
import java.security.GeneralSecurityException;

/** The public half of a {@link SigningKey}: plain Ed25519 (RFC 8032). Safe for threads. */
@AccessesPartialKey
@LowLevelCryptoCaller
public final class VerifyingKey {
  private final byte[] raw;
  private final PublicKeyVerify verifier;
  private final Sha256 fingerprint;

  /**
   * @param raw 32 bytes
   * @throws IllegalArgumentException if they are no Ed25519 key
   */
  VerifyingKey(byte[] raw) {
    this.raw = raw.clone();
    try {
      this.verifier = Ed25519Verifier.create(Ed25519PublicKey.create(Bytes.copyFrom(raw)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key", e);
    }
    this.fingerprint = Sha256.of(raw);
  }

  byte[] raw() {
    return raw.clone();
  }

  /** SHA-256 of the 32 bytes; names the key in documents. */
  Sha256 fingerprint() {
    return fingerprint;
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      verifier.verify(signature, message);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
