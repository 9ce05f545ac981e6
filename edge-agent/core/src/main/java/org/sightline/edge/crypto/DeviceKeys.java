package org.sightline.edge.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.subtle.HpkeDecrypt;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * The secrets of one device: its identity (Ed25519), the key that watchlists are encrypted to
 * (X25519) and the key that rows at rest are sealed under (AES-256-GCM). Safe for threads until
 * closed.
 */
@AccessesPartialKey
@LowLevelCryptoCaller
public final class DeviceKeys implements AutoCloseable {
  private static final String FORMAT = "sightline-device-keys/1";

  private final Content content;
  private final SigningKey signingKey;
  private final DeviceIdentity identity;
  private final HybridDecrypt receiver;
  private final Sealer storage;

  private DeviceKeys(Content content) {
    this.content = content;
    this.signingKey = new SigningKey(content.identitySeed());
    try {
      HpkePublicKey receivingKey =
          HpkePublicKey.create(
              DeviceIdentity.hpkeParameters(),
              Bytes.copyFrom(X25519.publicFromPrivate(content.receivingKey().exposed())),
              null);
      this.identity = DeviceIdentity.of(signingKey, receivingKey);
      this.receiver =
          HpkeDecrypt.create(HpkePrivateKey.create(receivingKey, content.receivingKey().forTink()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every 32 bytes are an X25519 key", e);
    }
    this.storage = new Sealer(content.storageKey());
  }

  private record Content(
      String format, Secret identitySeed, Secret receivingKey, Secret storageKey) {}

  public static DeviceKeys generate() {
    return new DeviceKeys(new Content(FORMAT, Secret.random(), Secret.random(), Secret.random()));
  }

  /** Reads a key file made by {@link #writeTo}; refuses one that others than its owner can open. */
  public static DeviceKeys read(Path file) throws CryptoException {
    return parse(file, DocumentFile.readSecret(file));
  }

  /**
   * Reads the keys where the service manager has put them for this service alone. Its access list
   * may show as a permission of the group, which a key file must not have.
   */
  public static DeviceKeys readCredential(Path file) throws CryptoException {
    return parse(file, DocumentFile.read(file));
  }

  private static DeviceKeys parse(Path file, byte[] bytes) throws CryptoException {
    try {
      return KeyFileContent.read(bytes, FORMAT, Content.class, file)
          .map(DeviceKeys::new)
          .orElseThrow(
              () ->
                  new CryptoException(
                      "not the keys of a device",
                      file.toString(),
                      "name the file made by: sightline device init"));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** What a key file holds, to be sealed: to be overwritten by the caller. */
  public byte[] secret() {
    return CanonicalJson.write(content);
  }

  /** Writes a new file (0600). */
  public void writeTo(Path file) throws CryptoException {
    byte[] bytes = secret();
    try {
      DocumentFile.createSecret(file, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The public part. */
  public DeviceIdentity identity() {
    return identity;
  }

  /** Signs a record by this device; {@link DeviceIdentity#readSigned} checks it. */
  public SignedDocument sign(String type, byte[] payload) {
    return SignedDocument.signWith(type, payload, List.of(signingKey));
  }

  /**
   * Signs a message of this device; {@link DeviceIdentity#check} checks it.
   *
   * @param type media type without {@code application/}; a message of one type never passes for
   *     another
   * @param object JSON, without white space at its end
   */
  public byte[] signMessage(String type, byte[] object) {
    return SignedMessage.sign(signingKey, type, object);
  }

  /** Seals what this device keeps on disk. */
  public Sealer storage() {
    return storage;
  }

  /**
   * Opens a content key that was wrapped for this device.
   *
   * @param context what it was wrapped for, as in {@link ContentKey#wrapFor}
   */
  public ContentKey unwrap(byte[] wrapped, byte[] context) throws CryptoException {
    try {
      return new ContentKey(new Secret(receiver.decrypt(wrapped, context)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CryptoException(
          "the content key cannot be opened with this device's keys",
          identity.toString(),
          "have it made for this device",
          e);
    }
  }

  /**
   * Opens what was sealed for this device by {@link DeviceIdentity#seal}.
   *
   * @param context what it was sealed for
   * @throws CryptoException if it was sealed for another device or for something else, or altered
   */
  public byte[] open(byte[] sealed, byte[] context) throws CryptoException {
    try {
      return receiver.decrypt(sealed, context);
    } catch (GeneralSecurityException e) {
      throw new CryptoException(
          "sealed for another device, or altered",
          identity.toString(),
          "have it sealed for this device",
          e);
    }
  }

  @Override
  public void close() {
    content.identitySeed().close();
    content.receivingKey().close();
    content.storageKey().close();
  }

  @Override
  public String toString() {
    return "DeviceKeys[" + identity.fingerprint().shortForm() + "]";
  }
}
