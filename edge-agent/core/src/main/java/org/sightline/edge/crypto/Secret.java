package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.SecretBytes;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Key bytes: never printed, compared in constant time, wiped when closed. What the cryptography
 * library copies out of it lives until the collector takes it; the copy kept here does not.
 */
public final class Secret implements AutoCloseable {
  static final int KEY_SIZE_BYTES = 32;

  private final byte[] bytes;

  /**
   * @param bytes {@value #KEY_SIZE_BYTES} bytes; owned from now
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Secret(byte[] bytes) {
    if (bytes.length != KEY_SIZE_BYTES) {
      Arrays.fill(bytes, (byte) 0);
      throw new IllegalArgumentException("a key is " + KEY_SIZE_BYTES + " bytes");
    }
    this.bytes = bytes;
  }

  /** New bytes that nobody can guess. */
  public static Secret random() {
    return new Secret(Random.randBytes(KEY_SIZE_BYTES));
  }

  /** The bytes themselves, not a copy: not to be kept, printed or returned. */
  @JsonValue
  byte[] exposed() {
    return bytes;
  }

  SecretBytes forTink() {
    return SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  /** The same for all secrets: a hash would reveal something about the bytes. */
  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
