package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.PictureList.ListedPicture;
import org.sightline.edge.enrol.PictureList.Subject;

class PictureListTest {
  private static final String HEADER = "subject,category,image,review,source,legal-basis,under18\n";
  private static final LocalDate REVIEW = LocalDate.parse("2026-11-30");
  private static final ListRules ADULTS = new ListRules(REVIEW, false);

  @TempDir private Path folder;

  @BeforeEach
  void pictures() throws Exception {
    Files.createDirectories(folder.resolve("c"));
    for (String name : List.of("a.jpg", "b.jpg", "a, b.jpg", "c/d.png")) {
      Files.createFile(folder.resolve(name));
    }
  }

  @Test
  void rowsOfOneSubjectMakeOneSubjectInTheOrderOfTheFile() throws Exception {
    Path list =
        csv(
            HEADER
                + "S-2,wanted,b.jpg,2026-11-30,custody,warrant 7,no\n"
                + "S-1,missing,a.jpg,2026-12-24,family,order 9,no\n"
                + "S-2,wanted,c/d.png,2026-11-30,passport,warrant 7,no\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .containsExactly(
            new Subject(
                new SubjectRef("S-2"),
                new Listing("wanted", REVIEW, "warrant 7", false),
                List.of(picture("b.jpg", "custody", 2), picture("c/d.png", "passport", 4))),
            new Subject(
                new SubjectRef("S-1"),
                new Listing("missing", LocalDate.parse("2026-12-24"), "order 9", false),
                List.of(picture("a.jpg", "family", 3))));
  }

  @Test
  void aByteOrderMarkQuotesAndLineEndsOfWindowsAreRead() throws Exception {
    Path list =
        csv(
            "\ufeffunder18,image,\"subject\",category,review,source,legal-basis\r\n"
                + "No,\"a, b.jpg\",S-1,\"wanted, \"\"urgent\"\"\",2026-11-30,other,law\r\n\r\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .containsExactly(
            new Subject(
                new SubjectRef("S-1"),
                new Listing("wanted, \"urgent\"", REVIEW, "law", false),
                List.of(picture("a, b.jpg", "other", 2))));
  }

  @Test
  void lineEndsOfOldMacintoshesAreRead() throws Exception {
    Path list = csv((HEADER + "S-1,wanted,a.jpg,2026-11-30,custody,law,no\n").replace('\n', '\r'));
    assertThat(PictureList.ofCsv(list, ADULTS))
        .flatExtracting(Subject::pictures)
        .containsExactly(picture("a.jpg", "custody", 2));
  }

  @Test
  void aFormulaIsATextLikeAnyOther() throws Exception {
    Path list = csv(HEADER + "S-1,=HYPERLINK(\"\"http://x\"\"),a.jpg,2026-11-30,custody,law,no\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .extracting(subject -> subject.listing().category())
        .containsExactly("=HYPERLINK(\"\"http://x\"\")");
  }

  @Test
  void rowsOfCommasAloneAndEmptyColumnsAtTheRightArePassedOver() throws Exception {
    Path list =
        csv(
            HEADER.strip()
                + ",,\n"
                + "S-1,wanted,a.jpg,2026-11-30,custody,law,no,,\n"
                + ",,,,,,,,\n"
                + "\u00a0,,,,,,\n"
                + "S-2,wanted,b.jpg,2026-11-30,custody,law,no\n"
                + ",,,,,,\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .flatExtracting(Subject::pictures)
        .containsExactly(picture("a.jpg", "custody", 2), picture("b.jpg", "custody", 5));
  }

  @Test
  void theLineThatNamesTheSeparatorAndColumnsInCapitalLettersAreRead() throws Exception {
    Path list =
        csv(
            "sep=,\n"
                + HEADER.toUpperCase(Locale.ROOT)
                + "S-1,wanted,a.jpg,2026-11-30,custody,law,no\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .flatExtracting(Subject::pictures)
        .containsExactly(picture("a.jpg", "custody", 3));
  }

  @Test
  void anImageIsFoundThoughItsFoldersAreSeparatedByBackslashes() throws Exception {
    Files.createFile(Files.createDirectory(folder.resolve("scene")).resolve("a.jpg"));
    Path list = csv(HEADER + "S-1,wanted,scene\\a.jpg,2026-11-30,custody,law,no\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .flatExtracting(Subject::pictures)
        .containsExactly(picture("scene/a.jpg", "custody", 2));
  }

  @Test
  void noBreakSpacesAndDecomposedLettersAreTheWordsTheyLookLike() throws Exception {
    Path list =
        csv(
            HEADER
                + "S-1,f\u00fcr alle,a.jpg,2026-11-30,custody,law,no\n"
                + "S-1\u00a0,fu\u0308r\u00a0alle\u202f,b.jpg,2026-11-30\u00a0,custody,law,no\u00a0\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .extracting(Subject::subject, subject -> subject.listing().category())
        .containsExactly(tuple(new SubjectRef("S-1"), "f\u00fcr alle"));
  }

  @ParameterizedTest
  @CsvSource({"m\u00fcller.jpg,mu\u0308ller.jpg", "mu\u0308ller.jpg,m\u00fcller.jpg"})
  void anImageIsFoundHoweverItsLettersAreComposed(String written, String onDisk) throws Exception {
    Files.createFile(folder.resolve(onDisk));
    Path list = csv(HEADER + "S-1,wanted," + written + ",2026-11-30,custody,law,no\n");
    assertThat(PictureList.ofCsv(list, ADULTS))
        .flatExtracting(Subject::pictures)
        .containsExactly(picture(onDisk, "custody", 2));
  }

  @Test
  void anImageMayLieAnywhereOnTheMachine() throws Exception {
    Path list = Files.createDirectory(folder.resolve("lists")).resolve("list.csv");
    Path absolute = folder.resolve("a.jpg").toAbsolutePath();
    Files.writeString(
        list,
        HEADER
            + "S-1,wanted,../b.jpg,2026-11-30,custody,law,no\n"
            + ("S-2,wanted," + absolute + ",2026-11-30,custody,law,no\n"));
    assertThat(PictureList.ofCsv(list, ADULTS))
        .extracting(subject -> subject.pictures().get(0).file())
        .containsExactly(list.resolveSibling("../b.jpg"), absolute);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the list is empty",
        "subject,category,image | columns are missing: review,source,legal-basis,under18",
        "subject,category,image | the first line must be subject,category,image,review,source",
        "subject;category;image | separated by semicolons",
        "subject\\tcategory\\timage | separated by tabs",
        "subject,category,image,review,source,legal-basis,under18,age | too many columns: 1",
        "subject,category,image,review,source,legal-basis,under18,image | a column is there twice",
        "sep=, | columns are missing: subject,category",
        "sep=;\\nH | separated by semicolons",
        "H | the list is empty",
        "H\\nS-1,wanted | list.csv line 2",
        "H\\nS-1,wanted | a row has 2 values",
        "H\\nS-1,wanted,a.jpg,2026-11-30,custody,law,no,b | a row has 8 values",
        "H\\n,wanted,a.jpg,2026-11-30,custody,law,no | subject reference",
        "H\\n../S-1,wanted,a.jpg,2026-11-30,custody,law,no | subject reference",
        "H\\n/etc/passwd,wanted,a.jpg,2026-11-30,custody,law,no | subject reference",
        "H\\nS-1,,a.jpg,2026-11-30,custody,law,no | the category is missing: ",
        "H\\nS-1,\"a\\nb\",a.jpg,2026-11-30,custody,law,no | the category holds a line break",
        "H\\nS-1,wan\\0ted,a.jpg,2026-11-30,custody,law,no | control character",
        "H\\n"
            + "S-1,wan\u202eted,a.jpg,2026-11-30,custody,law,no | the category holds an invisible"
            + " character, U+202E",
        "H\\n"
            + "S-1,wanted,a.jpg,2026-11-30,cust\u200body,law,no | the source holds an invisible"
            + " character, U+200B",
        "H\\n"
            + "S-1,wanted,\u202aa.jpg,2026-11-30,custody,law,no | the image holds an invisible"
            + " character, U+202A",
        "H\\nS-1,wan\u2028ted,a.jpg,2026-11-30,custody,law,no | the category holds a line break",
        "H\\nS-1,wanted,,2026-11-30,custody,law,no | names no image",
        "H\\nS-1,wanted,a\\0.jpg,2026-11-30,custody,law,no | the image is not a file name",
        "H\\nS-1,wanted,none.jpg,2026-11-30,custody,law,no | there is no such image",
        "H\\nS-1,wanted,../../none.jpg,2026-11-30,custody,law,no | there is no such image",
        "H\\nS-1,wanted,scene\\a.jpg,2026-11-30,custody,law,no | there is no such image",
        "H\\nS-1,wanted,c,2026-11-30,custody,law,no | there is no such image",
        "H\\nS-1,wanted,a.jpg,,custody,law,no | the review is not a day",
        "H\\nS-1,wanted,a.jpg,2026-02-30,custody,law,no | the review is not a day",
        "H\\nS-1,wanted,a.jpg,30.11.2026,custody,law,no | the review is not a day",
        "H\\nS-1,wanted,a.jpg,05/12/2026,custody,law,no | the review is not a day",
        "H\\n"
            + "S-1,wanted,a.jpg,2026-11-29,custody,law,no | reviewed until 2026-11-29, the list is"
            + " used until 2026-11-30",
        "H\\nS-1,wanted,a.jpg,2026-11-30,,law,no | the source is missing",
        "H\\nS-1,wanted,a.jpg,2026-11-30,custody,,no | the legal basis is missing",
        "H\\nS-1,wanted,a.jpg,2026-11-30,custody,law, | under18 is neither yes nor no",
        "H\\nS-1,wanted,a.jpg,2026-11-30,custody,law,nein | under18 is neither yes nor no",
        "H\\nS-1,wanted,a.jpg,2026-11-30,custody,law,FALSE | under18 is neither yes nor no",
        "H\\nS-1,wanted,a.jpg,2026-11-30,custody,law,yes | the subject is under 18",
        "H\\nA\\nS-1,missing,b.jpg,2026-11-30,custody,law,no | two categories: ",
        "H\\nA\\nS-1,wanted,b.jpg,2026-12-01,custody,law,no | two dates of review: ",
        "H\\nA\\nS-1,wanted,b.jpg,2026-11-30,custody,order,no | two legal bases: ",
        "H\\nA\\n\"S-1,wanted,b.jpg,2026-11-30,custody,law,no | a quote is not closed",
        "H\\nA\\nS-1,wanted,b.jpg,2026-11-30,custody,\"law\" 2,no | line 3",
      })
  void aListWithAFaultIsReportedInOneLine(String text, String message) throws Exception {
    Path list =
        csv(
            text.replace("H", HEADER.strip())
                .replace("\\nA", "\\nS-1,wanted,a.jpg,2026-11-30,custody,law,no")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0"));
    PictureListException refused = refusal(list);
    assertThat(refused).hasMessageContaining(message).hasMessageContaining("list.csv");
    assertThat(refused.getMessage()).hasLineCount(1).hasSizeLessThan(300);
    assertThat(refused.faults()).isEmpty();
  }

  @Test
  void aSubjectUnder18IsListedOnlyWhenThatIsAccepted() throws Exception {
    Path list = csv(HEADER + "S-1,missing,a.jpg,2026-11-30,family,law,yes\n");
    assertThat(PictureList.ofCsv(list, new ListRules(REVIEW, true)))
        .extracting(subject -> subject.listing().under18())
        .containsExactly(true);
  }

  @Test
  void everyWrongRowIsReportedByItsLine() throws Exception {
    Path list =
        csv(
            HEADER
                + "S-1,wanted,none.jpg,2026-11-30,custody,law,no\n"
                + "S-2,wanted,a.jpg,2026-11-30,custody,law,no\n"
                + "S-3,wanted,a.jpg,never,custody,law,no\n");
    PictureListException refused = refusal(list);
    assertThat(refused).hasMessageContaining("the list has 2 faults");
    assertThat(refused.faults())
        .satisfiesExactly(
            first -> assertThat(first).contains("no such image").contains("line 2"),
            second -> assertThat(second).contains("the review").contains("line 4"));
  }

  @Test
  void ofVeryManyWrongRowsTwentyAreReportedAndAllAreCounted() throws Exception {
    Path list = csv(HEADER + "S-1,wanted,none.jpg,2026-11-30,custody,law,no\n".repeat(33));
    PictureListException refused = refusal(list);
    assertThat(refused)
        .hasMessageContaining("the list has 33 faults")
        .hasMessageContaining("the first 20 are listed");
    assertThat(refused.faults()).hasSize(20);
  }

  @Test
  void whatARowSaysOfSomebodyIsInNoMessage() throws Exception {
    Path list =
        csv(HEADER + "Jane Roe,wanted by her bank,roe.jpg,soon,her sister,the bank's wish,maybe\n");
    assertThat(refusal(list).getMessage())
        .doesNotContainIgnoringCase("roe")
        .doesNotContain("bank")
        .doesNotContain("sister");
  }

  @Test
  void aValueOfAMillionCharactersIsReportedInAShortLine() throws Exception {
    Path list = csv(HEADER + "S-1," + "x".repeat(1_000_000) + ",a.jpg,2026-11-30,custody,law,no\n");
    assertThat(refusal(list).getMessage())
        .contains("the category is longer than 200 characters")
        .hasSizeLessThan(300);
  }

  @Test
  void morePicturesOfASubjectThanAnEntryHoldsAreReportedByLine() throws Exception {
    Path list = csv(HEADER + "S-1,wanted,a.jpg,2026-11-30,custody,law,no\n".repeat(256));
    assertThat(refusal(list))
        .hasMessageContaining("more than 255")
        .hasMessageContaining("line 257");
  }

  @Test
  void aListThatIsNotUtf8IsReportedWithTheLine() throws Exception {
    Path list = folder.resolve("list.csv");
    Files.write(
        list,
        (HEADER + "S-1,gesucht,a.jpg,,,,\nS-2,ges\u00fccht,a.jpg,,,,\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal(list)).hasMessageContaining("not UTF-8").hasMessageContaining("line 3");
  }

  @Test
  void aListInUtf16IsReportedAsNotUtf8() throws Exception {
    Path list = folder.resolve("list.csv");
    Files.write(list, ("\ufeff" + HEADER).getBytes(StandardCharsets.UTF_16LE));
    assertThat(refusal(list)).hasMessageContaining("not UTF-8").hasMessageContaining("line 1");
  }

  @Test
  void aFileThatIsTooLongForAListIsNotRead() throws Exception {
    Path list = folder.resolve("list.csv");
    try (RandomAccessFile file = new RandomAccessFile(list.toFile(), "rw")) {
      file.setLength(1L << 32);
    }
    assertThat(refusal(list)).hasMessageContaining("longer than 32 MiB");
  }

  @Test
  void aMissingListAndAMissingFolderAreReportedInOneLine() {
    Path none = folder.resolve("none");
    assertThat(refusal(none)).hasMessageContaining("no such list");
    assertThat(refusal(folder)).hasMessageContaining("cannot be read");
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> ofFolder(none))
        .withMessageContaining("no such folder");
  }

  @Test
  void foldersAndFilesOfAFolderAreItsSubjects() throws Exception {
    Path people = people("S-1/b.png", "S-1/a.jpg", "S-2.jpg", ".hidden");
    assertThat(ofFolder(people))
        .containsExactly(
            new Subject(
                new SubjectRef("S-1"),
                exercise(REVIEW),
                Stream.of("S-1/a.jpg", "S-1/b.png")
                    .map(name -> new ListedPicture(people.resolve(name), "volunteers", 0))
                    .toList()),
            new Subject(
                new SubjectRef("S-2"),
                exercise(REVIEW),
                List.of(new ListedPicture(people.resolve("S-2.jpg"), "volunteers", 0))));
  }

  @Test
  void everyFileThatCannotNameASubjectIsReported() throws Exception {
    Path people = people("two words.jpg", "ok.jpg", "ümlaut.jpg");
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(() -> ofFolder(people))
        .satisfies(
            refused ->
                assertThat(refused.faults())
                    .satisfiesExactly(
                        first -> assertThat(first).contains("two words.jpg"),
                        second -> assertThat(second).contains("ümlaut.jpg")));
  }

  @Test
  void aFolderWhoseReviewEndsBeforeTheListIsReportedOnce() throws Exception {
    Path people = people("S-1.jpg", "S-2.jpg");
    assertThatExceptionOfType(PictureListException.class)
        .isThrownBy(
            () -> PictureList.ofFolder(people, exercise(REVIEW.minusDays(1)), "volunteers", ADULTS))
        .withMessageContaining("reviewed until 2026-11-29");
  }

  private Path people(String... names) throws Exception {
    Path people = folder.resolve("people");
    for (String name : names) {
      Files.createDirectories(people.resolve(name).getParent());
      Files.createFile(people.resolve(name));
    }
    return people;
  }

  private static Collection<Subject> ofFolder(Path people) throws PictureListException {
    return PictureList.ofFolder(people, exercise(REVIEW), "volunteers", ADULTS);
  }

  private static Listing exercise(LocalDate review) {
    return new Listing("exercise", review, "consent", false);
  }

  private static PictureListException refusal(Path list) {
    PictureListException refused =
        catchThrowableOfType(PictureListException.class, () -> PictureList.ofCsv(list, ADULTS));
    assertThat(refused).as("a refusal").isNotNull();
    return refused;
  }

  private Path csv(String text) throws Exception {
    return Files.writeString(folder.resolve("list.csv"), text);
  }

  private ListedPicture picture(String name, String source, long line) {
    return new ListedPicture(folder.resolve(name), source, line);
  }
}
