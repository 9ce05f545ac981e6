package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.X25519Encrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an authorisation says of a control room: the key that alerts are sealed for and the key that
 * checks its outcomes. As a file it is a JWK Set (RFC 7517, 8037) of one X25519 and one Ed25519
 * key, so that other software than this can have one. Immutable.
 */
public final class ControlRoomIdentity {
  private static final Set<String> SIGNATURE_PARAMETERS = Set.of("alg", "kid", "typ");

  private final OctetKeyPair sealingKey;
  private final OctetKeyPair verifyingKey;
  private final X25519Encrypter encrypter;
  private final Ed25519Verifier verifier;

  /**
   * @throws IllegalArgumentException if one of them is no key of its kind, or one that makes every
   *     shared secret zero
   */
  ControlRoomIdentity(OctetKeyPair sealingKey, OctetKeyPair verifyingKey) {
    try {
      this.sealingKey = ControlRoomKeys.named(Curve.X25519, sealingKey.toPublicJWK());
      this.verifyingKey = ControlRoomKeys.named(Curve.Ed25519, verifyingKey.toPublicJWK());
      this.encrypter = new X25519Encrypter(this.sealingKey);
      this.verifier = new Ed25519Verifier(this.verifyingKey);
      encrypt(new byte[0]);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not the keys of a control room", e);
    }
  }

  /** Its form in an authorisation: 32 bytes X25519, 32 bytes Ed25519. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Content(byte[] sealingKey, byte[] verifyingKey) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ControlRoomIdentity of(Content content) {
    return new ControlRoomIdentity(
        publicKey(Curve.X25519, content.sealingKey()),
        publicKey(Curve.Ed25519, content.verifyingKey()));
  }

  @JsonValue
  Content content() {
    return new Content(sealingKey.getDecodedX(), verifyingKey.getDecodedX());
  }

  private static OctetKeyPair publicKey(Curve curve, byte[] x) {
    return new OctetKeyPair.Builder(curve, Base64URL.encode(x)).build();
  }

  /** Reads a JWK Set; private parts that it contains are left out. */
  public static ControlRoomIdentity read(Path file) throws CryptoException {
    byte[] bytes = DocumentFile.read(file);
    return ControlRoomKeys.keySet(bytes)
        .flatMap(ControlRoomIdentity::from)
        .orElseThrow(
            () ->
                new CryptoException(
                    "not the public keys of a control room",
                    file.toString(),
                    "name the file made by: sightline controlroom init --public-out"));
  }

  static Optional<ControlRoomIdentity> from(JWKSet keys) {
    return ControlRoomKeys.only(Curve.X25519, keys)
        .flatMap(
            sealing ->
                ControlRoomKeys.only(Curve.Ed25519, keys)
                    .flatMap(
                        verifying -> {
                          try {
                            return Optional.of(new ControlRoomIdentity(sealing, verifying));
                          } catch (IllegalArgumentException e) {
                            return Optional.empty();
                          }
                        }));
  }

  /** Writes a new file. */
  public void writeTo(Path file) throws CryptoException {
    DocumentFile.create(
        file,
        new JWKSet(List.of(sealingKey, verifyingKey))
            .toString(true)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Names the key that alerts are sealed for: its thumbprint (RFC 7638), 43 characters. */
  public String keyId() {
    return sealingKey.getKeyID();
  }

  /** Whether one of its two keys is one of the other's. */
  public boolean sharesKeyWith(ControlRoomIdentity other) {
    return keyId().equals(other.keyId()) || verifyingKeyId().equals(other.verifyingKeyId());
  }

  /**
   * The name of the key that something says it was sealed for, see {@link #keyId}; empty if it says
   * none.
   */
  public static Optional<String> recipientOf(String sealed) {
    try {
      return Optional.ofNullable(JWEObject.parse(sealed).getHeader().getKeyID());
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Names the key that outcomes are signed by, likewise. */
  String verifyingKeyId() {
    return verifyingKey.getKeyID();
  }

  /**
   * Encrypts so that this control room alone can read it: a JWE in compact serialisation (RFC 7516;
   * ECDH-ES with X25519, A256GCM), which {@link ControlRoomKeys#open} opens. It does not show who
   * sealed it.
   */
  public String seal(byte[] content) {
    try {
      return encrypt(content);
    } catch (JOSEException e) {
      throw new IllegalStateException("sealing for a checked key does not fail", e);
    }
  }

  private String encrypt(byte[] content) throws JOSEException {
    JWEObject sealed =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                .keyID(sealingKey.getKeyID())
                .build(),
            new Payload(content));
    sealed.encrypt(encrypter);
    return sealed.serialize();
  }

  /**
   * The content of a message that this control room signed, see {@link ControlRoomKeys#sign};
   * anything else is empty: another key, type or algorithm, further header parameters, a byte
   * altered.
   */
  public Optional<byte[]> verified(String type, byte[] message) {
    try {
      JWSObject signed = JWSObject.parse(new String(message, StandardCharsets.US_ASCII));
      JWSHeader header = signed.getHeader();
      boolean ours =
          header.getIncludedParams().equals(SIGNATURE_PARAMETERS)
              && header.getAlgorithm().equals(JWSAlgorithm.EdDSA)
              && header.getType().getType().equals(type)
              && header.getKeyID().equals(verifyingKey.getKeyID());
      return ours && signed.verify(verifier)
          ? Optional.of(signed.getPayload().toBytes())
          : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException e) {
      // Some malformed headers make the library throw unchecked ones. Its message may quote the
      // input.
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ControlRoomIdentity identity
        && Arrays.equals(sealingKey.getDecodedX(), identity.sealingKey.getDecodedX())
        && Arrays.equals(verifyingKey.getDecodedX(), identity.verifyingKey.getDecodedX());
  }

  @Override
  public int hashCode() {
    return keyId().hashCode();
  }

  @Override
  public String toString() {
    return "ControlRoomIdentity[" + keyId() + "]";
  }
}
