package org.sightline.edge.crypto;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * The key of one thing kept on this device until a set end. In its file it is sealed by the
 * device's own storage key; once the file is destroyed, nothing sealed under it can be opened, by
 * this device either. Wiped when closed.
 */
public final class StorageKey implements AutoCloseable {
  private final Secret key;
  private final Sealer sealer;

  private StorageKey(Secret key) {
    this.key = key;
    this.sealer = new Sealer(key);
  }

  public static StorageKey generate() {
    return new StorageKey(Secret.random());
  }

  /**
   * Reads a file made by {@link #writeTo}.
   *
   * @param device the device's own storage
   * @param context what the key is for; the same as when it was written
   */
  public static StorageKey read(Path file, Sealer device, byte[] context) throws CryptoException {
    byte[] opened = device.open(DocumentFile.readSecret(file), context);
    try {
      return new StorageKey(new Secret(opened.clone()));
    } catch (IllegalArgumentException e) {
      throw new CryptoException(
          "not the key of a list", file.toString(), "destroy the list and import it again", e);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }

  /** Writes a new file (0600), on disk when this returns. */
  public void writeTo(Path file, Sealer device, byte[] context) throws CryptoException {
    DocumentFile.createSecret(file, device.seal(key.exposed(), context));
  }

  /**
   * Destroys a key file: overwritten, then deleted. Nothing to do if it is not there.
   *
   * @throws CryptoException if it is still there
   */
  public static void destroy(Path file) throws CryptoException {
    DocumentFile.shred(file);
  }

  /** Seals what is kept under this key. */
  public Sealer sealer() {
    return sealer;
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "StorageKey[" + key + "]";
  }
}
