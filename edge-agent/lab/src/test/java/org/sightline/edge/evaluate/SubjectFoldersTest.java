package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.SightlineException;

class SubjectFoldersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"b.jfif", "b.JPG", "b.webp", "b.heic", "b.tiff", "b.jpg"})
  void aPictureCountsWhateverItsEnding(String name) throws Exception {
    put("ada/a.png", "ada/" + name, "ada/notes.txt", "ada/.hidden.jpg");
    assertThat(SubjectFolders.orFilesIn(folder).subjects().get("ada"))
        .containsExactly(folder.resolve("ada/a.png"), folder.resolve("ada/" + name));
  }

  @Test
  void aPictureWithoutAnEndingIsKnownByItsContent() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    Files.write(folder.resolve("ada"), Arrays.copyOf(png, 40));
    assertThat(SubjectFolders.orFilesIn(folder).subjects()).containsOnlyKeys("ada");
  }

  @Test
  void picturesOfOneNameAreOfOneSubject() throws Exception {
    put("ada/1.png", "ada.jpg", "ada.png");
    assertThat(SubjectFolders.orFilesIn(folder).subjects().get("ada")).hasSize(3);
  }

  @Test
  void aSubjectWithoutAPictureIsRefused() throws Exception {
    put("ada/1.png", "ben/notes.txt");
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> SubjectFolders.orFilesIn(folder))
        .withMessageContaining("a subject has no picture: " + folder.resolve("ben"));
  }

  @Test
  void aPictureBesideTheSubjectsFoldersIsRefused() throws Exception {
    put("ada/1.png", "ben/1.png", "cyd.jpg", "notes.txt");
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> SubjectFolders.in(folder))
        .withMessageContaining("beside the subjects' folders: " + folder.resolve("cyd.jpg"));
  }

  @Test
  void aFolderInASubjectsFolderIsRefused() throws Exception {
    put("ada/1.png", "ada/old/2.png");
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> SubjectFolders.orFilesIn(folder))
        .withMessageContaining("a folder lies in a subject's folder");
  }

  private void put(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
  }
}
