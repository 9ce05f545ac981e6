package org.sightline.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A named pipe that nobody writes into: who opens it as if it were a file waits for ever. */
public final class Pipe {
  private Pipe() {}

  /**
   * Makes one.
   *
   * @return the same path
   */
  public static Path at(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }
}
