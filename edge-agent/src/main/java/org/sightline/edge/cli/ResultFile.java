package org.sightline.edge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.evaluate.EvaluationException;

/** A file that holds a whole result or does not exist. */
final class ResultFile {
  private final Path path;

  private ResultFile(Path path) {
    this.path = path;
  }

  /** Checks before a long measurement that its result will have a place. */
  static ResultFile at(Path path) throws EvaluationException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(path)) {
      throw unwritable(path, null);
    }
    return new ResultFile(path);
  }

  void write(Object result) throws EvaluationException {
    writeText(JsonOutput.text(result));
  }

  void writeText(String text) throws EvaluationException {
    try {
      Files.writeString(path, text + System.lineSeparator());
    } catch (IOException full) {
      throw unwritable(path, full);
    }
  }

  private static EvaluationException unwritable(Path path, @Nullable Throwable cause) {
    return new EvaluationException(
        "the result cannot be written", path.toString(), "give a file in a writable folder", cause);
  }
}
