package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.SightlineException;

class PictureFilesTest {
  @TempDir private Path folder;

  @Test
  void ofAFolderForEachPersonTheFirstPictureIsTaken() throws Exception {
    put("ada/ada_0002.jpg", "ada/ada_0001.jpg", "ben/ben_0001.jpg");
    assertThat(PictureFiles.onePerPerson(folder))
        .map(picture -> picture.getFileName().toString())
        .containsExactly("ada_0001.jpg", "ben_0001.jpg");
  }

  @Test
  void aPersonsFolderMayHoldFolders() throws Exception {
    put("ada/2024/1.jpg", "ada/2025/2.jpg", "ada/3.jpg");
    assertThat(PictureFiles.onePerPerson(folder)).hasSize(1);
  }

  @Test
  void picturesInTheFolderItselfAreAllTaken() throws Exception {
    put("a.jpg", "b.png", "ada/1.jpg", "ada/2.jpg");
    assertThat(PictureFiles.onePerPerson(folder)).hasSize(3);
  }

  @Test
  void aFolderThatIsALinkIsReadAsWhatItLeadsTo() throws Exception {
    put("set/ada/1.jpg", "set/ada/2.jpg", "set/ben/1.jpg");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("set"));
    assertThat(PictureFiles.onePerPerson(link)).hasSize(2);
  }

  @Test
  void aFolderOfLinksIsReadAsWhatTheyLeadTo() throws Exception {
    put("set/ada/1.jpg", "set/ada/2.jpg", "set/ben/1.jpg");
    Path people = Files.createDirectory(folder.resolve("people"));
    Files.createSymbolicLink(people.resolve("ada"), folder.resolve("set/ada"));
    Files.createSymbolicLink(people.resolve("ben.jpg"), folder.resolve("set/ben/1.jpg"));
    assertThat(PictureFiles.onePerPerson(people)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "ada.jpg"})
  void aLinkThatLeadsNowhereIsRefusedByName(String name) throws Exception {
    put("ben.jpg");
    Path link = Files.createSymbolicLink(folder.resolve(name), folder.resolve("none"));
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> PictureFiles.under(folder))
        .withMessageContaining("leads nowhere: " + link + " ");
  }

  @Test
  void aLinkThatLeadsBackIsRefusedByName() throws Exception {
    put("ada/1.jpg");
    Path link = Files.createSymbolicLink(folder.resolve("ada/again"), folder);
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> PictureFiles.under(folder))
        .withMessageContaining(link.toString());
  }

  @Test
  void aFolderWithoutAPictureIsRefused() {
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> PictureFiles.onePerPerson(folder))
        .withMessageContaining("there is no picture");
  }

  private void put(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
  }
}
