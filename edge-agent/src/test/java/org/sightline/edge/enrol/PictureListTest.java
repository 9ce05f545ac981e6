package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.PictureList.Subject;

class PictureListTest {
  @TempDir private Path folder;

  @Test
  void rowsOfOneSubjectMakeOneSubjectInTheOrderOfTheFile() throws Exception {
    Path list =
        csv("subject,category,image\nS-2,wanted,b.jpg\nS-1,missing,a.jpg\nS-2,wanted,c/d.png\n");
    assertThat(PictureList.ofCsv(list))
        .containsExactly(
            subject("S-2", "wanted", "b.jpg", "c/d.png"), subject("S-1", "missing", "a.jpg"));
  }

  @Test
  void aByteOrderMarkQuotesAndLineEndsOfWindowsAreRead() throws Exception {
    Path list =
        csv(
            "\ufeffimage,\"subject\",category\r\n"
                + "\"a, b.jpg\",S-1,\"wanted, \"\"urgent\"\"\"\r\n\r\n");
    assertThat(PictureList.ofCsv(list))
        .containsExactly(subject("S-1", "wanted, \"urgent\"", "a, b.jpg"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | subject,category,image",
        "subject,image | the columns are subject,image",
        "subject,category,image,age | the first line must be subject,category,image",
        "subject;category;image | the first line must be",
        "subject,subject,image | the first line must be",
        "subject,category,image,image | the first line must be",
        "subject,category,image | the list is empty",
        "subject,category,image\\nS-1,wanted | a row has 2 values",
        "subject,category,image\\nS-1,wanted,a.jpg,b | a row has 4 values",
        "subject,category,image\\nS-1,,a.jpg | line 2",
        "subject,category,image\\nS-1,wanted, | names no image",
        "subject,category,image\\nS-1,wanted,\\0 | line 2",
        "subject,category,image\\n../S-1,wanted,a.jpg | subject reference",
        "subject,category,image\\nS-1,wanted,a.jpg\\nS-1,missing,b.jpg | two categories",
        "subject,category,image\\n\"S-1,wanted,a.jpg | check its quotes",
      })
  void aListWithAFaultIsToldInOneLine(String text, String message) throws Exception {
    Path list = csv(text.replace("\\n", "\n").replace("\\0", "\0"));
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> PictureList.ofCsv(list))
        .withMessageContaining(message)
        .withMessageContaining("list.csv");
  }

  @Test
  void aListThatIsNotUtf8IsToldInOneLine() throws Exception {
    Path list = folder.resolve("list.csv");
    Files.write(
        list, "subject,category,image\nS-1,ges\u00fccht,a\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> PictureList.ofCsv(list))
        .withMessageContaining("not UTF-8");
  }

  @Test
  void aMissingListAndAMissingFolderAreToldInOneLine() {
    Path none = folder.resolve("none");
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> PictureList.ofCsv(none))
        .withMessageContaining("no such list");
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> PictureList.ofFolder(none, "wanted"))
        .withMessageContaining("no such folder");
  }

  @Test
  void foldersAndFilesOfAFolderAreItsSubjects() throws Exception {
    Files.createDirectories(folder.resolve("S-1"));
    for (String name : List.of("S-1/b.png", "S-1/a.jpg", "S-2.jpg", ".hidden")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(PictureList.ofFolder(folder, "wanted"))
        .containsExactly(
            subject("S-1", "wanted", "S-1/a.jpg", "S-1/b.png"),
            subject("S-2", "wanted", "S-2.jpg"));
  }

  @Test
  void aFileThatCannotNameASubjectIsToldInOneLine() throws Exception {
    Files.createFile(folder.resolve("two words.jpg"));
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> PictureList.ofFolder(folder, "wanted"))
        .withMessageContaining("two words.jpg");
  }

  private Path csv(String text) throws Exception {
    return Files.writeString(folder.resolve("list.csv"), text);
  }

  private Subject subject(String reference, String category, String... pictures) {
    return new Subject(
        new SubjectRef(reference),
        category,
        List.of(pictures).stream().map(folder::resolve).toList());
  }
}
