package org.sightline.edge.fieldtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/** Where the deployment of a field test lies until it has ended. */
record TemporaryFolder(Path path) implements AutoCloseable {
  static TemporaryFolder make() throws SightlineException {
    try {
      return new TemporaryFolder(Files.createTempDirectory("sightline-fieldtest-"));
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "no temporary folder can be made",
          System.getProperty("java.io.tmpdir"),
          SystemWords.of(e) + "; make room there",
          e);
    }
  }

  /** Removes it with all that is in it. */
  @Override
  public void close() throws SightlineException {
    try (Stream<Path> walked = Files.walk(path)) {
      List<Path> innermostFirst = walked.sorted(Comparator.reverseOrder()).toList();
      for (Path file : innermostFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the temporary deployment could not be removed",
          path.toString(),
          SystemWords.of(e) + "; remove it",
          e);
    }
  }
}
