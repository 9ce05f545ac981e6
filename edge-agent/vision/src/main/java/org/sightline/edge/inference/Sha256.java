package org.sightline.edge.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, as lower-case hex. */
final class Sha256 {
  private Sha256() {}

  static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return whileCopying(in, OutputStream.nullOutputStream());
    }
  }

  /** Copies all bytes and tells the digest of exactly those. */
  static String whileCopying(InputStream in, OutputStream out) throws IOException {
    DigestInputStream digested = new DigestInputStream(in, newDigest());
    digested.transferTo(out);
    return HexFormat.of().formatHex(digested.getMessageDigest().digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
