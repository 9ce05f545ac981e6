package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.sightline.edge.domain.RegularFile;

/**
 * A SHA-256 digest: of a file, or of a public key, where it serves as the key's fingerprint.
 *
 * @param hex 64 of {@code 0-9 a-f}
 */
public record Sha256(@JsonValue String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Sha256 {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a SHA-256 digest is 64 of 0-9 and a-f");
    }
  }

  /** The digest of the parts, one after another. */
  public static Sha256 of(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return finish(digest);
  }

  /** The digest of a whole file, read in pieces. */
  public static Sha256 ofFile(Path file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = Files.newInputStream(RegularFile.require(file))) {
      byte[] piece = new byte[1 << 16];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return finish(digest);
  }

  /** Takes the result of a digest made by {@link #newDigest()}, which starts over. */
  public static Sha256 finish(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  /** A running digest, for what is read or written in pieces. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The first 64 bits in groups of four, for people to compare: {@code 3f2a-91bc-0d4e-77a1}. */
  public String shortForm() {
    return String.join(
        "-", hex.substring(0, 4), hex.substring(4, 8), hex.substring(8, 12), hex.substring(12, 16));
  }

  @Override
  public String toString() {
    return hex;
  }
}
