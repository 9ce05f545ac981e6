package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.X25519Encrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlRoomKeysTest {
  private static final byte[] CONTENT = "{\"subject\":\"S-1\"}".getBytes(StandardCharsets.UTF_8);
  private static final String BASE64_URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String TYPE = "vnd.sightline.test.v1+json";

  @TempDir private Path folder;
  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final ControlRoomIdentity identity = keys.identity();

  private static void assertNotOpened(ControlRoomKeys keys, String sealed) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> keys.open(sealed))
        .withNoCause();
  }

  @Test
  void whatIsSealedForAControlRoomIsOpenedByItsKeys() throws CryptoException {
    assertThat(keys.open(identity.seal(CONTENT))).isEqualTo(CONTENT);
  }

  @Test
  void sealingTheSameTwiceDoesNotLookTheSame() {
    assertThat(identity.seal(CONTENT)).isNotEqualTo(identity.seal(CONTENT));
  }

  @Test
  void nobodyElseOpensIt() {
    assertNotOpened(ControlRoomKeys.generate(), identity.seal(CONTENT));
  }

  @Test
  void everyAlteredCharacterOfASealedContentIsNoticed() {
    String sealed = identity.seal(CONTENT);
    for (int i = 0; i < sealed.length(); i++) {
      assertNotOpened(
          keys, sealed.substring(0, i) + other(sealed.charAt(i)) + sealed.substring(i + 1));
    }
  }

  /** A character whose first bit is another: the last ones may be padding. */
  private static char other(char character) {
    int value = BASE64_URL.indexOf(character);
    return value < 0 ? 'A' : BASE64_URL.charAt(value ^ 32);
  }

  @Test
  void everyCutOfASealedContentIsNoticed() {
    String sealed = identity.seal(CONTENT);
    for (int i = 0; i < sealed.length(); i++) {
      assertNotOpened(keys, sealed.substring(0, i));
    }
  }

  private String sealedAs(UnaryOperator<JWEHeader.Builder> header) throws Exception {
    JWEObject sealed =
        new JWEObject(
            header
                .apply(
                    new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                        .keyID(identity.keyId()))
                .build(),
            new Payload(CONTENT));
    sealed.encrypt(new X25519Encrypter(key(Curve.X25519).toPublicJWK()));
    return sealed.serialize();
  }

  private OctetKeyPair key(Curve curve) throws Exception {
    Path file = Files.createTempDirectory(folder, "keys").resolve("file");
    keys.writeTo(file);
    return ControlRoomKeys.only(curve, JWKSet.load(file.toFile())).orElseThrow();
  }

  @Test
  void aCompressedContentIsRefusedUnread() throws Exception {
    assertNotOpened(
        keys, sealedAs(header -> header.compressionAlgorithm(CompressionAlgorithm.DEF)));
  }

  @Test
  void aContentForAKeyOfAnotherNameIsRefused() throws Exception {
    assertThat(keys.open(sealedAs(header -> header))).isEqualTo(CONTENT);
    assertNotOpened(keys, sealedAs(header -> header.keyID("another")));
  }

  @Test
  void aSignedMessageIsVerifiedByTheIdentity() {
    assertThat(identity.verified(TYPE, keys.sign(TYPE, CONTENT))).contains(CONTENT);
  }

  @Test
  void aMessageOfAnotherTypeIsNot() {
    assertThat(identity.verified(TYPE, keys.sign("other", CONTENT))).isEmpty();
  }

  @Test
  void aMessageOfAnotherControlRoomIsNot() {
    assertThat(identity.verified(TYPE, ControlRoomKeys.generate().sign(TYPE, CONTENT))).isEmpty();
  }

  @Test
  void everyAlteredByteAndCutOfASignedMessageIsNoticed() {
    byte[] message = keys.sign(TYPE, CONTENT);
    for (int i = 0; i < message.length; i++) {
      byte[] altered = message.clone();
      altered[i] = (byte) other((char) altered[i]);
      assertThat(identity.verified(TYPE, altered)).isEmpty();
      assertThat(identity.verified(TYPE, Arrays.copyOf(message, i))).isEmpty();
    }
  }

  @Test
  void aMessageThatSignsItselfWithThePublicKeyAsASecretIsRefused() throws Exception {
    JWSObject forged =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType(TYPE))
                .keyID(key(Curve.Ed25519).getKeyID())
                .build(),
            new Payload(CONTENT));
    forged.sign(new MACSigner(key(Curve.Ed25519).getDecodedX()));

    assertThat(identity.verified(TYPE, forged.serialize().getBytes(StandardCharsets.US_ASCII)))
        .isEmpty();
  }

  @Test
  void aHeaderThatSaysMoreIsRefused() throws Exception {
    JWSObject more =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .type(new JOSEObjectType(TYPE))
                .keyID(key(Curve.Ed25519).getKeyID())
                .customParam("more", 1)
                .build(),
            new Payload(CONTENT));
    more.sign(new Ed25519Signer(key(Curve.Ed25519)));

    assertThat(identity.verified(TYPE, more.serialize().getBytes(StandardCharsets.US_ASCII)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "....", "{}", "a.b.c", "e30.e30.e30", "\u0000"})
  void whatIsNoMessageIsNeitherOpenedNorVerified(String text) {
    assertNotOpened(keys, text);
    assertThat(identity.verified(TYPE, text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void keysComeBackFromTheirFile() throws CryptoException {
    Path file = folder.resolve("keys");
    keys.writeTo(file);

    ControlRoomKeys again = ControlRoomKeys.read(file);

    assertThat(again.identity()).isEqualTo(identity);
    assertThat(again.open(identity.seal(CONTENT))).isEqualTo(CONTENT);
  }

  @Test
  void aKeyFileIsForItsOwnerAloneAndIsReadOnlyIfItIs() throws Exception {
    Path file = folder.resolve("keys");
    keys.writeTo(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> ControlRoomKeys.read(file));
  }

  @Test
  void thePublicFileHoldsNoPrivateKey() throws Exception {
    Path file = folder.resolve("public");
    identity.writeTo(file);

    assertThat(Files.readString(file)).doesNotContain("\"d\"");
    assertThat(ControlRoomIdentity.read(file)).isEqualTo(identity);
  }

  @Test
  void anIdentityIsTheSameInAnAuthorisation() {
    byte[] json = CanonicalJson.write(identity);

    assertThat(CanonicalJson.read(json, ControlRoomIdentity.class)).contains(identity);
  }

  @Test
  void aPublicFileIsNoKeyFile() throws CryptoException {
    Path file = folder.resolve("public");
    identity.writeTo(file);

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> ControlRoomKeys.readCredential(file));
  }

  @Test
  void privateKeysThatAreNotThoseOfThePublicOnesAreRefused() throws Exception {
    OctetKeyPair sealing = key(Curve.X25519);
    OctetKeyPair mixed =
        new OctetKeyPair.Builder(Curve.X25519, sealing.getX()).d(key(Curve.Ed25519).getD()).build();
    Path file = folder.resolve("mixed");
    Files.writeString(file, new JWKSet(List.of(mixed, key(Curve.Ed25519))).toString(false));

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> ControlRoomKeys.readCredential(file));
  }

  @Test
  void aKeyThatMakesEverySharedSecretZeroIsRefused() throws Exception {
    Path file = folder.resolve("zero");
    String zero = "A".repeat(43);
    Files.writeString(
        file,
        new JWKSet(
                List.of(
                    OctetKeyPair.parse(Map.of("kty", "OKP", "crv", "X25519", "x", zero)),
                    key(Curve.Ed25519).toPublicJWK()))
            .toString());

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> ControlRoomIdentity.read(file));
  }

  @Test
  void aFileOfTwoKeysOfAKindIsRefused() throws Exception {
    Path file = folder.resolve("two");
    Files.writeString(
        file,
        new JWKSet(List.of(key(Curve.X25519), key(Curve.X25519), key(Curve.Ed25519)))
            .toString(true));

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> ControlRoomIdentity.read(file));
  }

  @Test
  void keysShowNothingOfThemselves() throws Exception {
    assertThat(keys.toString() + identity)
        .doesNotContain(key(Curve.X25519).getD().toString(), key(Curve.Ed25519).getD().toString());
  }
}
