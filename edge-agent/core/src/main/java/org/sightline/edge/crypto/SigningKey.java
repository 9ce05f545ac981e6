package org.sightline.edge.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.PublicKeySign;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.signature.subtle.Ed25519Signer;
import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.util.Bytes;
import java.security.GeneralSecurityException;

/** An Ed25519 private key (RFC 8032), made from its 32-byte seed. Safe for threads. */
@AccessesPartialKey
@LowLevelCryptoCaller
public final class SigningKey {
  private final PublicKeySign signer;
  private final VerifyingKey verifyingKey;

  /** The key that this seed makes. */
  public SigningKey(Secret seed) {
    try {
      byte[] publicKey = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed.exposed()).getPublicKey();
      this.verifyingKey = new VerifyingKey(publicKey);
      this.signer =
          Ed25519Signer.create(
              Ed25519PrivateKey.create(
                  Ed25519PublicKey.create(Bytes.copyFrom(publicKey)), seed.forTink()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every 32 bytes are an Ed25519 seed", e);
    }
  }

  /** Its public half. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  byte[] sign(byte[] message) {
    try {
      return signer.sign(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with Ed25519 does not fail", e);
    }
  }
}
