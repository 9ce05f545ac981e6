package org.sightline.edge.crypto;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/**
 * The key of one long encrypted body, read and written in bounded memory: AES-256-GCM in segments
 * of 4 KiB under a key derived by HKDF-SHA256 (Tink's AES256-GCM-HKDF-4KB). Wiped when closed.
 */
public final class ContentKey implements AutoCloseable {
  private static final int SEGMENT_SIZE_BYTES = 4096;

  private final Secret key;

  ContentKey(Secret key) {
    this.key = key;
  }

  public static ContentKey generate() {
    return new ContentKey(Secret.random());
  }

  /**
   * The key encrypted so that one device alone can open it.
   *
   * @param context what it is for; unwrapping needs the same
   */
  public byte[] wrapFor(DeviceIdentity device, byte[] context) {
    return device.encrypt(key, context);
  }

  /** Encrypts what is written; closing it ends the body and closes {@code ciphertext}. */
  public OutputStream encrypting(OutputStream ciphertext, byte[] associatedData)
      throws IOException {
    try {
      return streaming().newEncryptingStream(ciphertext, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encrypting does not fail", e);
    }
  }

  /**
   * Decrypts as it is read; a read throws {@link IOException} at the first altered, missing or
   * moved segment and never returns a byte of it.
   */
  public InputStream decrypting(InputStream ciphertext, byte[] associatedData) throws IOException {
    try {
      return streaming().newDecryptingStream(ciphertext, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a decrypting stream can be made", e);
    }
  }

  private AesGcmHkdfStreaming streaming() throws GeneralSecurityException {
    return new AesGcmHkdfStreaming(
        key.exposed(), "HmacSha256", Secret.KEY_SIZE_BYTES, SEGMENT_SIZE_BYTES, 0);
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "ContentKey[" + key + "]";
  }
}
