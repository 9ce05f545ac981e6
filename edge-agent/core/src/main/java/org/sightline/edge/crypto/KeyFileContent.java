package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.Optional;

/** Reads key files, and says of one that a newer version made what is not known here. */
public final class KeyFileContent {
  private KeyFileContent() {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Format(String format) {}

  /**
   * The record of a key file of a format.
   *
   * @param path of the file, for the message
   * @return empty if it is none
   * @throws CryptoException if a newer version made it
   */
  public static <T> Optional<T> read(byte[] file, String format, Class<T> content, Path path)
      throws CryptoException {
    if (CanonicalJson.read(file, Format.class).filter(f -> f.format().equals(format)).isEmpty()) {
      return Optional.empty();
    }
    return read(file, content, path);
  }

  /** The same of bytes whose format is known to be the right one. */
  public static <T> Optional<T> read(byte[] record, Class<T> content, Path path)
      throws CryptoException {
    Optional<T> read = CanonicalJson.read(record, content);
    Optional<String> unknown =
        read.isPresent() ? Optional.empty() : CanonicalJson.unknownMember(record, content);
    if (unknown.isPresent()) {
      throw new CryptoException(
          "the key file was made by a newer version: " + unknown.get() + " is not known here",
          path.toString(),
          "install that version here, or have the file made with this one");
    }
    return read;
  }
}
