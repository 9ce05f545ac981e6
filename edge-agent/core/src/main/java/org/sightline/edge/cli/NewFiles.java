package org.sightline.edge.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.crypto.CryptoException;

/** The files that a command is about to make. */
public final class NewFiles {
  private NewFiles() {}

  /** Refuses before anything is made, so that a command writes all of its files or none. */
  public static void requireAbsent(Path... files) throws CryptoException {
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new CryptoException(
            "the file exists already", file.toString(), "choose another name, or remove it first");
      }
    }
  }

  /** The default name of a public part: that of the secret part and a suffix. */
  public static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
