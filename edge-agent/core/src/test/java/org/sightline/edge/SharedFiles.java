package org.sightline.edge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Weights and pictures that tests use where they are at hand; no copy of them is in the project.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /** Network weights: {@code $SIGHTLINE_MODELS}, else {@code ../shared/models} of the project. */
  public static Path models() {
    return folder("SIGHTLINE_MODELS", "models");
  }

  /** Pictures and clips: {@code $SIGHTLINE_DATA}, else {@code ../shared/data} of the project. */
  public static Path data() {
    return folder("SIGHTLINE_DATA", "data");
  }

  private static Path folder(String variable, String name) {
    String set = System.getenv(variable);
    Path folder = set == null ? Path.of("..", "..", "..", "shared", name) : Path.of(set);
    assumeTrue(Files.isDirectory(folder), "no " + name + " at " + folder + "; set " + variable);
    return folder;
  }
}
