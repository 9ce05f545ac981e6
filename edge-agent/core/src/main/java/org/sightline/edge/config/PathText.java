package org.sightline.edge.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as people write them, in settings and after options. */
public final class PathText {
  private PathText() {}

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it cannot be meant as it stands, or names no file here
   */
  public static Path parse(String text) {
    if (text.startsWith("~") || text.startsWith("$")) {
      throw new IllegalArgumentException(
          "a path is used as written: write out what a shell would make of '~' and '$'");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          e.getReason().startsWith("Malformed")
              ? "the locale's character set does not have all its characters; set LC_ALL=C.UTF-8"
              : "not a path: " + e.getReason(),
          e);
    }
  }
}
