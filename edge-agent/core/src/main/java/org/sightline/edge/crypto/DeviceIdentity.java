package org.sightline.edge.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.subtle.HpkeEncrypt;
import com.google.crypto.tink.util.Bytes;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/**
 * What an authority is given of a device: the key that checks its signatures and the key that
 * watchlists are encrypted to. In a file it is signed by the device itself, which shows that it
 * holds the identity key and that the file is whole.
 */
@AccessesPartialKey
@LowLevelCryptoCaller
public final class DeviceIdentity {
  private static final String TYPE = "application/vnd.sightline.device-identity.v1+json";

  private final SignedDocument document;
  private final VerifyingKey verifyingKey;
  private final HybridEncrypt receiver;
  private final Sha256 fingerprint;

  private DeviceIdentity(
      SignedDocument document,
      VerifyingKey verifyingKey,
      HybridEncrypt receiver,
      Sha256 fingerprint) {
    this.document = document;
    this.verifyingKey = verifyingKey;
    this.receiver = receiver;
    this.fingerprint = fingerprint;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Content(byte[] verifyingKey, byte[] receivingKey) {}

  static DeviceIdentity of(SigningKey identity, HpkePublicKey receivingKey) {
    Content content =
        new Content(identity.verifyingKey().raw(), receivingKey.getPublicKeyBytes().toByteArray());
    SignedDocument document =
        SignedDocument.signWith(TYPE, CanonicalJson.write(content), List.of(identity));
    return from(document, content).orElseThrow();
  }

  /** Reads a file made by {@link #writeTo}. */
  public static DeviceIdentity read(Path file) throws CryptoException {
    Optional<SignedDocument> found =
        SignedDocument.parse(DocumentFile.read(file)).filter(each -> each.isOf(TYPE));
    Optional<DeviceIdentity> identity = Optional.empty();
    if (found.isPresent()) {
      SignedDocument document = found.get();
      identity =
          KeyFileContent.read(document.payload(), Content.class, file)
              .flatMap(content -> from(document, content));
    }
    return identity.orElseThrow(
        () ->
            new CryptoException(
                "not the identity of a device",
                file.toString(),
                "name the file made by: sightline device init --identity-out"));
  }

  private static Optional<DeviceIdentity> from(SignedDocument document, Content content) {
    try {
      VerifyingKey verifyingKey = new VerifyingKey(content.verifyingKey());
      HpkePublicKey receivingKey =
          HpkePublicKey.create(hpkeParameters(), Bytes.copyFrom(content.receivingKey()), null);
      HybridEncrypt receiver = HpkeEncrypt.create(receivingKey);
      // Some points make every shared secret zero; encrypting refuses them.
      receiver.encrypt(new byte[0], new byte[0]);
      boolean self =
          document.verifyWith(TYPE, List.of(verifyingKey))
              instanceof SignedDocument.Verification.Trusted;
      return self
          ? Optional.of(
              new DeviceIdentity(
                  document,
                  verifyingKey,
                  receiver,
                  Sha256.of(content.verifyingKey(), content.receivingKey())))
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** RFC 9180 base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
  static HpkeParameters hpkeParameters() throws GeneralSecurityException {
    return HpkeParameters.builder()
        .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
        .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
        .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
        .setVariant(HpkeParameters.Variant.NO_PREFIX)
        .build();
  }

  /** Writes a new file. */
  public void writeTo(Path file) throws CryptoException {
    DocumentFile.create(file, document.bytes());
  }

  /** SHA-256 of both public keys: the 32 bytes that verify, then the 32 that receive. */
  public Sha256 fingerprint() {
    return fingerprint;
  }

  /** Reads a record that this device signed, see {@link DeviceKeys#sign}. */
  public <T> SignedDocument.Reading<T> readSigned(byte[] file, String type, Class<T> content) {
    return SignedDocument.readWith(file, type, content, List.of(verifyingKey));
  }

  /** Checks a message of this device, see {@link DeviceKeys#signMessage}. */
  public SignedMessage.Check check(String type, byte[] message) {
    return SignedMessage.check(verifyingKey, type, message);
  }

  /**
   * Encrypts a few bytes so that this device alone can read them, by {@link DeviceKeys#open}. It
   * does not show who sealed them.
   *
   * @param context what they are for; opening needs the same
   */
  public byte[] seal(byte[] content, byte[] context) {
    try {
      return receiver.encrypt(content, context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encrypting to a checked key does not fail", e);
    }
  }

  byte[] encrypt(Secret secret, byte[] context) {
    return seal(secret.exposed(), context);
  }

  @Override
  public String toString() {
    return "DeviceIdentity[" + fingerprint.shortForm() + "]";
  }
}
