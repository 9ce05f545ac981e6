package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;

/** A file of keys is refused, or is written again as one that reads the same. */
class KeyFilesFuzzTest extends FuzzTarget {
  private interface Write {
    void to(Path file) throws CryptoException;
  }

  private interface Format {
    Write read(Path file) throws CryptoException;
  }

  private static final List<Format> FORMATS =
      List.of(
          file -> AuthorityKey.read(file)::writeTo,
          file -> AuthorityPublicKey.read(file)::writeTo,
          file -> DeviceKeys.read(file)::writeTo,
          file -> {
            DeviceIdentity identity = DeviceIdentity.read(file);
            ContentKey.generate().wrapFor(identity, new byte[0]);
            return identity::writeTo;
          });

  @Override
  protected List<byte[]> seeds() throws Exception {
    AuthorityKey authority = KnownKeys.authority("first");
    DeviceKeys device = KnownKeys.device("van");
    List<byte[]> seeds =
        new ArrayList<>(
            List.of(KnownKeys.authorityFile("first"), KnownKeys.deviceFile("van"), new byte[0]));
    seeds.add(publicKey(new byte[Secret.KEY_SIZE_BYTES - 1]));
    seeds.add(identity(new byte[Secret.KEY_SIZE_BYTES]));
    seeds.add(written(authority.publicKey()::writeTo));
    seeds.add(written(device.identity()::writeTo));
    return seeds;
  }

  private static byte[] publicKey(byte[] raw) {
    return utf8(
        "{\"format\":\"sightline-authority-public-key/1\",\"verifyingKey\":\""
            + base64(raw)
            + "\",\"fingerprint\":\""
            + Sha256.of(raw)
            + "\"}");
  }

  /** Signed by itself as it should be, whatever it is that lists are to be encrypted to. */
  private static byte[] identity(byte[] receivingKey) {
    SigningKey identity = new SigningKey(new Secret(new byte[Secret.KEY_SIZE_BYTES]));
    String payload =
        "{\"verifyingKey\":\""
            + base64(identity.verifyingKey().raw())
            + "\",\"receivingKey\":\""
            + base64(receivingKey)
            + "\"}";
    return SignedDocument.signWith(
            "application/vnd.sightline.device-identity.v1+json", utf8(payload), List.of(identity))
        .bytes();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  protected void take(byte[] input) throws Exception {
    Path file = fileOf(input);
    for (Format format : FORMATS) {
      try {
        byte[] written = written(format.read(file));
        assertThat(written(format.read(fileOf(written)))).isEqualTo(written);
      } catch (CryptoException refusal) {
        assertOneLine(refusal);
      }
    }
  }

  private byte[] written(Write write) throws CryptoException, IOException {
    Path again = fileOf(new byte[0]).resolveSibling("again-" + ProcessHandle.current().pid());
    try {
      write.to(again);
      return Files.readAllBytes(again);
    } finally {
      Files.deleteIfExists(again);
    }
  }
}
