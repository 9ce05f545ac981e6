package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemWordsTest {
  @TempDir private Path folder;

  @Test
  void aFolderThatIsNotThereIsNamedAsTheCause() {
    assertThat(ofWriting(folder.resolve("none/file"))).contains("no such file");
  }

  @Test
  void aFullDiskIsNamedAsTheCause() {
    assertThat(ofWriting(Path.of("/dev/full"))).isEqualTo("No space left on device");
  }

  @Test
  void aFolderInPlaceOfAFileIsNamedAsTheCause() {
    assertThat(ofWriting(folder)).isEqualTo("Is a directory");
  }

  @Test
  void aMissingPermissionIsNamedAsTheCause() {
    // A test may run as root, to whom nothing is forbidden.
    assertThat(SystemWords.of(new AccessDeniedException("key"))).contains("no permission");
  }

  private static String ofWriting(Path file) {
    return SystemWords.of(assertThrows(IOException.class, () -> Files.writeString(file, "x")));
  }
}
