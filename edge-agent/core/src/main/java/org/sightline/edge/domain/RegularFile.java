package org.sightline.edge.domain;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * Looks before a file is opened: to open a pipe waits for its writer, for ever if nobody does, and
 * a device may have no end.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * Refuses whatever is neither a file, nor a pipe that the parent process has opened for it, as a
   * shell does for {@code <(...)}.
   *
   * @return the same path
   */
  public static Path require(Path file) throws IOException {
    boolean openedAlready =
        Stream.of("/dev/fd", "/dev/stdin", "/proc/self/fd").anyMatch(file::startsWith);
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile() && !openedAlready) {
      throw new FileSystemException(file.toString(), null, "it is a folder, a pipe or a device");
    }
    return file;
  }
}
