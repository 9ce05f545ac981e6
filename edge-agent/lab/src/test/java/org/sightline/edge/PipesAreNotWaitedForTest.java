package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.config.PasswordFile;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.testing.Pipe;
import org.sightline.edge.watchlist.WatchlistBundle;

/** A pipe where a file should be holds up nobody who reads it. */
class PipesAreNotWaitedForTest {
  @TempDir private Path folder;

  /** Reads a file, or says that it cannot. */
  private interface Reader {
    void read(Path file) throws Exception;
  }

  private record Named(String name, Reader reader) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> readers() {
    return Stream.of(
        new Named("a document", DocumentFile::read),
        new Named("a device's keys", DeviceKeys::read),
        new Named("an authority's key", AuthorityPublicKey::read),
        new Named("a watchlist bundle", file -> WatchlistBundle.verify(file, List.of())),
        new Named("a password", PasswordFile::read),
        new Named("a picture", Stills::open),
        new Named("a picture's size", Stills::memoryMiB));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void inPlaceOf(Named named) throws Exception {
    Path pipe = Pipe.at(folder.resolve("pipe"));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          try {
            named.reader().read(pipe);
          } catch (SightlineException refused) {
            assertThat(refused.where()).isEqualTo(pipe.toString());
          }
        });
  }
}
