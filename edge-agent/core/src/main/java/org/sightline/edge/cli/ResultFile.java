package org.sightline.edge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/** A file that holds a whole result or does not exist. */
public final class ResultFile {
  private final Path path;

  private ResultFile(Path path) {
    this.path = path;
  }

  /** Checks before a long measurement that its result will have a place. */
  public static ResultFile at(Path path) throws SightlineException {
    requireWritable(path);
    return new ResultFile(path);
  }

  /** Refuses a file that cannot be made, before anything long is begun. */
  public static void requireWritable(Path path) throws SightlineException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(path)) {
      throw unwritable(path, null);
    }
  }

  /** Writes a document as JSON. */
  public void write(Object result) throws SightlineException {
    writeText(JsonOutput.text(result));
  }

  /** Writes text and a line end. */
  public void writeText(String text) throws SightlineException {
    try {
      Files.writeString(path, text + System.lineSeparator());
    } catch (IOException full) {
      removeHalf(full);
      throw unwritable(path, full);
    }
  }

  private void removeHalf(IOException failure) {
    try {
      if (Files.isRegularFile(path)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  static SightlineException unwritable(Path path, @Nullable IOException cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the result cannot be written",
        path.toString(),
        (cause == null ? "" : SystemWords.of(cause) + "; ") + "give a file in a writable folder",
        cause);
  }
}
