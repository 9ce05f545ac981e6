package org.sightline.edge.watchlist;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.testing.KnownKeys;

/**
 * The bundle that is kept with the tests: of two subjects that do not exist, signed and encrypted
 * with {@link KnownKeys}. It is kept because encryption never gives the same bytes again; {@link
 * #main} makes it again when the format has changed.
 */
final class SampleBundle {
  static final Path FILE = Path.of("../authority/src/test/fuzz/sample.bundle");

  private SampleBundle() {}

  public static void main(String[] args) throws Exception {
    Files.deleteIfExists(FILE);
    SampleList.write(
        FILE,
        SampleList.entries(2),
        KnownKeys.device("van").identity(),
        KnownKeys.authority("first"));
  }
}
