package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.signing.AuthorityKey;

class KeyFileTest {
  private static final byte[] TEXT = "a row".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PLACE = "table/1".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void deviceKeysAreTheSameAfterWritingAndReading() throws CryptoException {
    DeviceKeys keys = DeviceKeys.generate();
    keys.writeTo(file("device.keys"));
    DeviceKeys again = DeviceKeys.read(file("device.keys"));
    assertThat(again.identity().fingerprint()).isEqualTo(keys.identity().fingerprint());
    assertThat(again.storage().open(keys.storage().seal(TEXT, PLACE), PLACE)).isEqualTo(TEXT);
  }

  @Test
  void anAuthorityIsTheSameAfterWritingAndReading() throws CryptoException {
    AuthorityKey key = AuthorityKey.generate();
    key.writeTo(file("authority.key"));
    key.publicKey().writeTo(file("authority.pub"));
    assertThat(AuthorityKey.read(file("authority.key")).publicKey())
        .isEqualTo(AuthorityPublicKey.read(file("authority.pub")))
        .isEqualTo(key.publicKey());
  }

  @Test
  void anIdentityIsTheSameAfterWritingAndReading() throws CryptoException {
    DeviceIdentity identity = DeviceKeys.generate().identity();
    identity.writeTo(file("device.id"));
    assertThat(DeviceIdentity.read(file("device.id")).fingerprint())
        .isEqualTo(identity.fingerprint());
  }

  @Test
  void privateKeysAreWrittenForTheirOwnerAlone() throws Exception {
    DeviceKeys.generate().writeTo(file("device.keys"));
    AuthorityKey.generate().writeTo(file("authority.key"));
    for (String name : new String[] {"device.keys", "authority.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void privateKeysOpenToOthersAreRefused(String permissions) throws Exception {
    DeviceKeys.generate().writeTo(file("device.keys"));
    AuthorityKey.generate().writeTo(file("authority.key"));
    for (String name : new String[] {"device.keys", "authority.key"}) {
      Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString(permissions));
    }
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> DeviceKeys.read(file("device.keys")))
        .withMessageContaining("chmod 600");
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> AuthorityKey.read(file("authority.key")))
        .withMessageContaining("chmod 600");
  }

  @Test
  void anExistingKeyFileIsNeverOverwritten() throws Exception {
    DeviceKeys.generate().writeTo(file("device.keys"));
    byte[] before = Files.readAllBytes(file("device.keys"));
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> DeviceKeys.generate().writeTo(file("device.keys")))
        .withMessageContaining("exists already");
    assertThat(Files.readAllBytes(file("device.keys"))).isEqualTo(before);
  }

  @Test
  void oneKindOfKeyFileIsRefusedForAnother() throws CryptoException {
    AuthorityKey.generate().writeTo(file("authority.key"));
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> DeviceKeys.read(file("authority.key")))
        .withMessageContaining("not the keys of a device");
  }

  static Stream<Arguments> keyFiles() {
    Reading authority = AuthorityKey::read;
    Reading authorityPublic = AuthorityPublicKey::read;
    Reading device = DeviceKeys::read;
    Reading identity = DeviceIdentity::read;
    return Stream.of(
        arguments("authority.key", authority),
        arguments("authority.pub", authorityPublic),
        arguments("device.keys", device),
        arguments("device.id", identity));
  }

  @ParameterizedTest
  @MethodSource("keyFiles")
  void aMemberThatMayBeIgnoredIsPassedOver(String name, Reading reading) throws Exception {
    addMember(name, "_label");

    assertThatNoException().isThrownBy(() -> reading.read(file(name)));
  }

  @ParameterizedTest
  @MethodSource("keyFiles")
  void aMemberThatThisVersionDoesNotKnowIsRefusedByName(String name, Reading reading)
      throws Exception {
    addMember(name, "notAfter");

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> reading.read(file(name)))
        .withMessageContaining("made by a newer version: notAfter is not known here")
        .withMessageContaining(name);
  }

  /** Writes a key file of a later version, which has a member more. */
  private void addMember(String name, String member) throws Exception {
    DeviceKeys device = DeviceKeys.generate();
    AuthorityKey authority = AuthorityKey.generate();
    switch (name) {
      case "authority.key" -> authority.writeTo(file(name));
      case "authority.pub" -> authority.publicKey().writeTo(file(name));
      case "device.keys" -> device.writeTo(file(name));
      default -> device.identity().writeTo(file(name));
    }
    if (name.equals("device.id")) {
      SignedDocument document = SignedDocument.parse(Files.readAllBytes(file(name))).orElseThrow();
      byte[] more = withMember(new String(document.payload(), StandardCharsets.UTF_8), member);
      String type = "application/vnd.sightline.device-identity.v1+json";
      Files.write(file(name), device.sign(type, more).bytes());
    } else {
      Files.write(file(name), withMember(Files.readString(file(name)), member));
    }
  }

  private static byte[] withMember(String record, String member) {
    return record
        .replaceFirst("}$", ",\"" + member + "\":{\"a\":[1]}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyFlippedBitAndEveryCutOfAnIdentityIsRefused() throws Exception {
    DeviceKeys.generate().identity().writeTo(file("device.id"));
    assertEveryDamageIsRefused(file("device.id"), DeviceIdentity::read);
  }

  @Test
  void everyFlippedBitAndEveryCutOfAnAuthorityIsRefused() throws Exception {
    AuthorityKey.generate().publicKey().writeTo(file("authority.pub"));
    assertEveryDamageIsRefused(file("authority.pub"), AuthorityPublicKey::read);
  }

  @Test
  void noSecretIsInTheMessageAboutADamagedKeyFile() throws Exception {
    DeviceKeys.generate().writeTo(file("device.keys"));
    String content = Files.readString(file("device.keys"));
    Files.writeString(
        file("device.keys"), content.replace("\"storageKey\":\"", "\"storageKey\":\"!"));
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> DeviceKeys.read(file("device.keys")))
        .satisfies(
            failure -> {
              for (String word : content.split("\"", -1)) {
                if (word.length() > 40) {
                  assertThat(failure.getMessage()).doesNotContain(word);
                }
              }
              assertThat(failure.getCause()).isNull();
            });
  }

  @Test
  void noKeyIsPrinted() throws Exception {
    DeviceKeys device = DeviceKeys.generate();
    AuthorityKey authority = AuthorityKey.generate();
    device.writeTo(file("device.keys"));
    authority.writeTo(file("authority.key"));
    String files = Files.readString(file("device.keys")) + Files.readString(file("authority.key"));
    String printed = device + " " + authority + " " + ContentKey.generate();
    assertThat(printed)
        .matches(
            "DeviceKeys\\[[-0-9a-f]{19}] AuthorityKey\\[[-0-9a-f]{19}] ContentKey\\[Secret\\[32 bytes]]");
    assertThat(files).doesNotContain(printed);
  }

  @Test
  void aFileTooLongForADocumentIsRefused() throws Exception {
    Files.write(file("long"), new byte[DocumentFile.MAX_SIZE_BYTES + 1]);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> AuthorityPublicKey.read(file("long")))
        .withMessageContaining("longer than");
  }

  private interface Reading {
    Object read(Path file) throws CryptoException;
  }

  private void assertEveryDamageIsRefused(Path file, Reading reading) throws Exception {
    byte[] good = Files.readAllBytes(file);
    Path damaged = file("damaged");
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(damaged, bad);
      assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> reading.read(damaged));
    }
    for (int length = 0; length < good.length; length++) {
      Files.write(damaged, Arrays.copyOf(good, length));
      assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> reading.read(damaged));
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
