package org.sightline.edge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SystemWords;
import org.sightline.edge.evaluate.EvaluationException;

/** A file that holds a whole result or does not exist. */
final class ResultFile {
  private final Path path;

  private ResultFile(Path path) {
    this.path = path;
  }

  /** Checks before a long measurement that its result will have a place. */
  static ResultFile at(Path path) throws EvaluationException {
    requireWritable(path);
    return new ResultFile(path);
  }

  /** Refuses a file that cannot be made, before anything long is begun. */
  static void requireWritable(Path path) throws EvaluationException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(path)) {
      throw unwritable(path, null);
    }
  }

  void write(Object result) throws EvaluationException {
    writeText(JsonOutput.text(result));
  }

  void writeText(String text) throws EvaluationException {
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

  private static EvaluationException unwritable(Path path, @Nullable IOException cause) {
    return new EvaluationException(
        "the result cannot be written",
        path.toString(),
        (cause == null ? "" : SystemWords.of(cause) + "; ") + "give a file in a writable folder",
        cause);
  }
}
