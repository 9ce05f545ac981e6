package org.sightline.edge.crypto;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.X25519Decrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of one control room: the key that opens what vans seal for it (X25519) and the key
 * that signs its outcomes (Ed25519). As a file it is a private JWK Set. Safe for threads. The
 * library keeps keys as text, so they stay in memory until the collector takes them.
 */
public final class ControlRoomKeys {
  private final OctetKeyPair sealingKey;
  private final OctetKeyPair signingKey;
  private final ControlRoomIdentity identity;
  private final X25519Decrypter decrypter;
  private final Ed25519Signer signer;

  /**
   * @throws IllegalArgumentException if one of them is no private key of its kind
   */
  private ControlRoomKeys(OctetKeyPair sealingKey, OctetKeyPair signingKey) {
    this.identity = new ControlRoomIdentity(sealingKey, signingKey);
    try {
      this.sealingKey = named(Curve.X25519, sealingKey);
      this.signingKey = named(Curve.Ed25519, signingKey);
      this.decrypter = new X25519Decrypter(this.sealingKey);
      this.signer = new Ed25519Signer(this.signingKey);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not the private keys of a control room", e);
    }
  }

  public static ControlRoomKeys generate() {
    try {
      return new ControlRoomKeys(
          new OctetKeyPairGenerator(Curve.X25519).generate(),
          new OctetKeyPairGenerator(Curve.Ed25519).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException("making a key does not fail", e);
    }
  }

  /** Reads a key file; refuses one that others than its owner can open. */
  public static ControlRoomKeys read(Path file) throws CryptoException {
    return parse(file, DocumentFile.readSecret(file));
  }

  /** Reads the keys where the service manager has put them for this service alone. */
  public static ControlRoomKeys readCredential(Path file) throws CryptoException {
    return parse(file, DocumentFile.read(file));
  }

  private static ControlRoomKeys parse(Path file, byte[] bytes) throws CryptoException {
    try {
      return keySet(bytes)
          .flatMap(ControlRoomKeys::from)
          .orElseThrow(
              () ->
                  new CryptoException(
                      "not the private keys of a control room",
                      file.toString(),
                      "name the file made by: sightline controlroom init --out"));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Optional<ControlRoomKeys> from(JWKSet keys) {
    Optional<OctetKeyPair> sealing = only(Curve.X25519, keys).filter(OctetKeyPair::isPrivate);
    Optional<OctetKeyPair> signing = only(Curve.Ed25519, keys).filter(OctetKeyPair::isPrivate);
    if (sealing.isEmpty() || signing.isEmpty()) {
      return Optional.empty();
    }
    try {
      ControlRoomKeys read = new ControlRoomKeys(sealing.get(), signing.get());
      return read.belongTogether() ? Optional.of(read) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the private parts are those of the public ones, which a file may have mixed up. */
  private boolean belongTogether() {
    byte[] probe = {1};
    try {
      open(identity.seal(probe));
      return identity.verified("probe", sign("probe", probe)).isPresent();
    } catch (CryptoException e) {
      return false;
    }
  }

  static Optional<JWKSet> keySet(byte[] file) {
    try {
      return Optional.of(JWKSet.parse(new String(file, StandardCharsets.UTF_8)));
    } catch (ParseException | RuntimeException e) {
      // Its message may quote the input, which may be a key.
      return Optional.empty();
    }
  }

  /** The one key of a curve; empty if there is none or are several. */
  static Optional<OctetKeyPair> only(Curve curve, JWKSet keys) {
    List<OctetKeyPair> found =
        keys.getKeys().stream()
            .filter(OctetKeyPair.class::isInstance)
            .map(OctetKeyPair.class::cast)
            .filter(key -> key.getCurve().equals(curve))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** The same key with its use, and its thumbprint as its name. */
  static OctetKeyPair named(Curve curve, OctetKeyPair key) throws JOSEException {
    return new OctetKeyPair.Builder(curve, key.getX())
        .d(key.getD())
        .keyUse(curve.equals(Curve.X25519) ? KeyUse.ENCRYPTION : KeyUse.SIGNATURE)
        .keyIDFromThumbprint()
        .build();
  }

  /** Writes a new file (0600). */
  public void writeTo(Path file) throws CryptoException {
    byte[] bytes =
        new JWKSet(List.of(sealingKey, signingKey))
            .toString(false)
            .getBytes(StandardCharsets.UTF_8);
    try {
      DocumentFile.createSecret(file, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The public part, for the authority. */
  public ControlRoomIdentity identity() {
    return identity;
  }

  /** Whether something sealed names another key than these as the one that opens it. */
  public boolean isForAnother(String sealed) {
    return ControlRoomIdentity.recipientOf(sealed)
        .filter(key -> !key.equals(identity.keyId()))
        .isPresent();
  }

  /**
   * Opens what was sealed by {@link ControlRoomIdentity#seal}.
   *
   * @throws CryptoException if it was sealed for another key, in another way, or was altered
   */
  public byte[] open(String sealed) throws CryptoException {
    try {
      JWEObject message = JWEObject.parse(sealed);
      JWEHeader header = message.getHeader();
      if (header.getAlgorithm().equals(JWEAlgorithm.ECDH_ES)
          && header.getEncryptionMethod().equals(EncryptionMethod.A256GCM)
          && header.getCompressionAlgorithm() == null
          && identity.keyId().equals(header.getKeyID())) {
        message.decrypt(decrypter);
        return message.getPayload().toBytes();
      }
    } catch (ParseException | JOSEException | RuntimeException e) {
      // Some malformed headers make the library throw unchecked ones. Its message may quote the
      // input.
    }
    throw new CryptoException(
        "sealed for another control room, or altered",
        identity.toString(),
        "have the van's authorisation name this control room");
  }

  /**
   * Signs a message: a JWS in compact serialisation (RFC 7515; EdDSA), which {@link
   * ControlRoomIdentity#verified} checks.
   *
   * @param type media type without {@code application/}; a message of one type never passes for
   *     another
   */
  public byte[] sign(String type, byte[] content) {
    JWSObject signed =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .type(new JOSEObjectType(type))
                .keyID(identity.verifyingKeyId())
                .build(),
            new Payload(content));
    try {
      signed.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("signing does not fail", e);
    }
    return signed.serialize().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "ControlRoomKeys[" + identity.keyId() + "]";
  }
}
