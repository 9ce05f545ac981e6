package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.testing.Pipe;

class RegularFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsTakenByItselfAndThroughALink() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    assertThat(RegularFile.require(file)).isEqualTo(file);
    assertThat(RegularFile.require(link)).isEqualTo(link);
  }

  @Test
  void aPipeIsRefusedByItselfAndThroughALink() throws Exception {
    Path pipe = Pipe.at(folder.resolve("pipe"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);

    assertThatThrownBy(() -> RegularFile.require(pipe)).hasMessageContaining("a pipe");
    assertThatThrownBy(() -> RegularFile.require(link)).hasMessageContaining("a pipe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/null", "/"})
  void aDeviceAndAFolderAreRefused(Path path) {
    assertThatThrownBy(() -> RegularFile.require(path)).hasMessageContaining("a device");
  }

  @Test
  void whatIsNotThereIsSaidNotToBeThere() {
    assertThatThrownBy(() -> RegularFile.require(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** As the shell passes on {@code <(...)}. */
  @Test
  void aPipeThatWasOpenedForTheProcessIsTaken() throws Exception {
    try (var pipe = Files.newByteChannel(Path.of("/dev/null"))) {
      assertThat(pipe.isOpen()).isTrue();
      assertThat(RegularFile.require(Path.of("/dev/fd/0"))).isEqualTo(Path.of("/dev/fd/0"));
    }
  }
}
