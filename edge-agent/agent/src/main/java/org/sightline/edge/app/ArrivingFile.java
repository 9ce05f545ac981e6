package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that may appear at any time and then is read; one that stays as it is is read once. */
final class ArrivingFile {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivingFile.class);

  private final Path file;
  private final String what;
  private @Nullable String seen;

  /**
   * @param what it is, as "A revocation"
   */
  ArrivingFile(Path file, String what) {
    this.file = file;
    this.what = what;
  }

  /** What it holds, if it has come or changed since the last look. */
  Optional<byte[]> changed() {
    String state;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      state = attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    } catch (IOException e) {
      return Optional.empty();
    }
    if (state.equals(seen)) {
      return Optional.empty();
    }
    seen = state;
    try {
      return Optional.of(DocumentFile.read(file));
    } catch (CryptoException e) {
      LOG.warn("{} cannot be read: {}", what, e.getMessage());
      return Optional.empty();
    }
  }
}
