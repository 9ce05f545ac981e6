package org.sightline.edge.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;

/** Keys that anybody can work out from their names: what they sign is the same on every run. */
public final class KnownKeys {
  private KnownKeys() {}

  public static AuthorityKey authority(String name) {
    return read(authorityFile(name), AuthorityKey::read);
  }

  public static DeviceKeys device(String name) {
    return read(deviceFile(name), DeviceKeys::read);
  }

  /** The content of an authority's key file. */
  public static byte[] authorityFile(String name) {
    return utf8("{\"format\":\"sightline-authority-key/1\",\"seed\":\"" + secret(name) + "\"}");
  }

  /** The content of a device's key file. */
  public static byte[] deviceFile(String name) {
    return utf8(
        "{\"format\":\"sightline-device-keys/1\",\"identitySeed\":\""
            + secret(name + " identity")
            + "\",\"receivingKey\":\""
            + secret(name + " receiving")
            + "\",\"storageKey\":\""
            + secret(name + " storage")
            + "\"}");
  }

  private static String secret(String name) {
    byte[] bytes = HexFormat.of().parseHex(Sha256.of(utf8(name)).hex());
    return Base64.getEncoder().encodeToString(bytes);
  }

  private interface KeyFile<T> {
    T read(Path file) throws CryptoException;
  }

  private static <T> T read(byte[] content, KeyFile<T> format) {
    try {
      Path file = Files.createTempFile("known", ".key");
      try {
        return format.read(Files.write(file, content));
      } finally {
        Files.delete(file);
      }
    } catch (IOException | CryptoException e) {
      throw new IllegalStateException("a key file is as it is written", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
