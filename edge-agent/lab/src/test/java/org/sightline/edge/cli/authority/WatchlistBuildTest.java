package org.sightline.edge.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.imaging.Turn;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.BundleHeader;
import org.sightline.edge.watchlist.ControlTerms;
import org.sightline.edge.watchlist.WatchlistBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists made of drawn people with the engine that is built in. */
class WatchlistBuildTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private static Path drawn;
  @TempDir private Path folder;

  @BeforeAll
  static void drawTwoPeople() {
    PrintWriter said = new PrintWriter(new StringWriter());
    assertThat(
            Sightline.run(
                said,
                said,
                "fieldtest",
                "generate",
                "--out",
                drawn.resolve("people").toString(),
                "--portraits",
                "2",
                "--per-person",
                "1"))
        .isZero();
  }

  @BeforeEach
  void picturesOfTwoPeople() throws Exception {
    assertThat(run("device", "init", "--out", path("device.keys"))).isZero();
    assertThat(run("authority", "init", "--out", path("a.key"))).isZero();
    try (Stream<Path> files = Files.walk(drawn.resolve("people"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(drawn.relativize(file).toString()));
      }
    }
  }

  @Test
  void aListOfUsablePicturesIsMade() throws Exception {
    assertThat(build()).as(err.toString()).isZero();
    assertThat(header().entryCount()).isEqualTo(2);
  }

  @Test
  void oneUnusablePictureIsEnoughForNoListToBeMade() throws Exception {
    Files.writeString(folder.resolve("people/bad.jpg"), "no picture");
    assertThat(build()).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString()).contains("refused: bad: ").contains("left out: bad: ");
    assertThat(folder.resolve("list.bundle")).doesNotExist();
  }

  @Test
  void theRestIsListedOnlyWhenRefusalsAreAcceptedAndTheyAreReported() throws Exception {
    Files.writeString(folder.resolve("people/bad.jpg"), "no picture");
    assertThat(build("--accept-refusals", "--report", path("report.json"))).isZero();
    assertThat(err.toString()).contains("refused: bad: ");
    assertThat(out.toString()).contains("2 of 3 subjects listed, 1 pictures refused");
    JsonNode report = report();
    assertThat(report.at("/entries").asInt()).isEqualTo(2);
    assertThat(report.at("/refusedPictures/0/reason").asString()).isEqualTo("UNREADABLE");
    assertThat(report.at("/refusedSubjects/0").asString()).isEqualTo("bad");
  }

  @Test
  void aRefusedPictureIsReportedByItsLineSubjectAndReason() throws Exception {
    Files.writeString(folder.resolve("bad.jpg"), "no picture");
    csv(row("S-1", person(0)), row("S-2", "bad.jpg"));
    assertThat(buildFromCsv()).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString())
        .containsPattern("refused: S-2: .*bad.jpg \\(line 3\\): UNREADABLE: ");
  }

  @Test
  void everyFaultOfAListIsALineAndNoListIsMade() throws Exception {
    csv(row("S-1", "none.jpg"), row("S-2", person(1)), row("../S-3", person(1)));
    assertThat(buildFromCsv()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(3)
        .contains("list.csv line 2")
        .contains("list.csv line 4")
        .endsWith("the list has 2 faults: " + path("list.csv") + " (fix them)");
    assertThat(folder.resolve("list.bundle")).doesNotExist();
  }

  @Test
  void aListThatOutlivesAReviewIsNotMade() throws Exception {
    csv(row("S-1", person(0)));
    assertThat(buildFromCsv("--expires", "2100-01-01T00:00:01Z"))
        .isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("the list is used until 2100-01-01");
    err.getBuffer().setLength(0);
    assertThat(buildFromCsv("--expires", "2100-01-01T00:00:00Z")).as(err.toString()).isZero();
  }

  @Test
  void peopleUnder18AreListedOnlyWhenThatIsAcceptedAndAreCounted() throws Exception {
    csv(row("S-1", person(0)), row("S-2", person(1)).replace(",no", ",yes"));
    assertThat(buildFromCsv()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("line 3").contains("--accept-under-18");
    assertThat(buildFromCsv("--accept-under-18")).as(err.toString()).isZero();
    assertThat(header().contents().under18Entries()).isEqualTo(1);
    assertThat(header().contents().entriesByCategory()).isEqualTo(Map.of("wanted", 2));
  }

  @Test
  void whatHoldsForTheCategoriesIsSignedWithTheList() throws Exception {
    csv(row("S-1", person(0)), row("S-2", person(1)));
    assertThat(buildFromCsv("--categories", categories("wanted"))).as(err.toString()).isZero();
    assertThat(header().terms().policy().response("wanted").instruction()).isEqualTo("Arrest");
  }

  @Test
  void aListWithSomebodyInACategoryThatIsNotNamedIsNotMade() throws Exception {
    csv(row("S-1", person(0)));
    assertThat(buildFromCsv("--categories", categories("missing")))
        .isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("S-1 is listed as 'wanted', a category that is not named there");
    assertThat(folder.resolve("list.bundle")).doesNotExist();
  }

  @Test
  void controlEntriesAreListedOnlyWithTheirConsentWhichIsSigned() throws Exception {
    csv(row("S-1", person(0)), row("C-1", person(1)).replace(",wanted,", ",control,"));
    assertThat(buildFromCsv()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).contains("say by --control where their consent is kept");

    assertThat(buildFromCsv("--control", "forms 1 to 12", "--categories", categories("wanted")))
        .as(err.toString())
        .isZero();

    assertThat(header().terms().control()).hasValue(new ControlTerms("forms 1 to 12"));
    assertThat(header().contents().controlEntries(header().terms())).isEqualTo(1);
    assertThat(header().entryCount()).isEqualTo(2);
  }

  @Test
  void consentOfNobodyIsRefused() throws Exception {
    csv(row("S-1", person(0)));
    assertThat(buildFromCsv("--control", "forms 1 to 12")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("nobody is listed as 'control'");
  }

  private String categories(String category) throws Exception {
    return Files.writeString(
            folder.resolve("categories.yaml"),
            """
            categories:
              - category: %s
                colour: amber
                urgency: 3
                instruction: Arrest
                sound: soft
                confirmation: one-officer
            """
                .formatted(category))
        .toString();
  }

  @Test
  void oneSubjectUnderTwoReferencesIsEnoughForNoListToBeMade() throws Exception {
    Files.copy(folder.resolve(person(0)), folder.resolve("copy.png"));
    csv(row("S-1", person(0)), row("S-2", person(1)), row("S-3", "copy.png"));
    assertThat(buildFromCsv()).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString())
        .contains("warning: S-1 and S-3 are listed by the same picture")
        .contains("list them under one reference, or give --accept-look-alikes");
    assertThat(folder.resolve("list.bundle")).doesNotExist();
  }

  @Test
  void lookAlikesAreListedOnlyWhenThatIsAcceptedAndArePointedOut() throws Exception {
    Files.copy(folder.resolve(person(0)), folder.resolve("copy.png"));
    csv(row("S-1", person(0)), row("S-2", person(1)), row("S-3", "copy.png"));
    assertThat(buildFromCsv("--accept-look-alikes", "--report", path("report.json")))
        .as(err.toString())
        .isZero();
    assertThat(err.toString()).contains("warning: S-1 and S-3 are listed by the same picture");
    assertThat(header().entryCount()).isEqualTo(3);
    JsonNode report = report();
    assertThat(report.at("/samePictures/0/a").asString()).isEqualTo("S-1");
    assertThat(report.at("/samePictures/0/b").asString()).isEqualTo("S-3");
    assertThat(report.at("/nearDuplicates/0/a").asString()).isEqualTo("S-1");
    assertThat(report.at("/nearDuplicates/0/b").asString()).isEqualTo("S-3");
    assertThat(report.at("/nearDuplicates/0/similarity").asDouble()).isGreaterThan(0.999);
  }

  @Test
  void aPortraitOnItsSideIsRefusedWithTheTurnThatCorrectsIt() throws Exception {
    BgrPicture onItsSide = Turn.COUNTERCLOCKWISE.of(Stills.read(folder.resolve(person(0))));
    Files.write(folder.resolve("side.jpg"), JpegCodec.encode(onItsSide, 95).bytes());
    csv(row("S-1", "side.jpg"), row("S-2", person(1)));
    assertThat(buildFromCsv()).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString())
        .containsPattern("refused: S-1: .*side.jpg \\(line 2\\): NOT_UPRIGHT: ")
        .contains("turn the picture by 90 degrees clockwise");
  }

  @Test
  void aPictureThatListsNobodyIsNotReportedAsThatOfTwoSubjects() throws Exception {
    Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Files.writeString(folder.resolve("bad2.jpg"), "no picture");
    csv(row("S-1", "bad.jpg"), row("S-2", "bad2.jpg"), row("S-3", person(0)));
    assertThat(buildFromCsv("--accept-refusals")).as(err.toString()).isZero();
    assertThat(err.toString()).doesNotContain("the same picture");
  }

  @Test
  void theReportSaysWhetherLookAlikesWereAccepted() throws Exception {
    Files.copy(folder.resolve(person(0)), folder.resolve("copy.png"));
    csv(row("S-1", person(0)), row("S-2", "copy.png"));
    buildFromCsv("--report", path("report.json"));
    assertThat(report().at("/lookAlikesAccepted").asBoolean(true)).isFalse();
    Files.delete(folder.resolve("report.json"));

    buildFromCsv("--accept-look-alikes", "--report", path("report.json"));

    assertThat(report().at("/lookAlikesAccepted").asBoolean(false)).isTrue();
  }

  @Test
  void theReportHoldsWhatTheVanDoesNotGet() throws Exception {
    csv(row("S-1", person(0)));
    assertThat(buildFromCsv("--report", path("report.json"))).as(err.toString()).isZero();
    assertThat(report().at("/genericEntries").asInt(-1)).isZero();
    JsonNode subject = report().at("/subjects/0");
    assertThat(subject.get("subject").asString()).isEqualTo("S-1");
    assertThat(subject.get("review").asString()).isEqualTo("2099-12-31");
    assertThat(subject.get("legalBasis").asString()).isEqualTo("warrant 7");
    assertThat(subject.get("listed").asBoolean()).isTrue();
    assertThat(subject.at("/pictures/0/source").asString()).isEqualTo("custody");
    assertThat(subject.at("/pictures/0/line").asInt()).isEqualTo(2);
    assertThat(new String(CanonicalJson.write(header()), StandardCharsets.UTF_8))
        .doesNotContain("warrant 7")
        .doesNotContain("custody");
  }

  @Test
  void theEntriesStandInTheOrderOfTheListWhateverTheirPicturesTake() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 6; i > 0; i--) {
      rows.add(row("S-" + i, person(i % 2)));
    }
    csv(rows.toArray(String[]::new));
    assertThat(buildFromCsv("--accept-look-alikes", "--report", path("report.json")))
        .as(err.toString())
        .isZero();
    Path bundle = folder.resolve("list.bundle");
    List<String> subjects = new ArrayList<>();
    try (WatchlistBundle open =
        WatchlistBundle.open(
            bundle,
            DeviceKeys.read(folder.resolve("device.keys")),
            List.of(AuthorityPublicKey.read(folder.resolve("a.key.public"))),
            new BundleExpectations(
                new DeploymentId("D-1"),
                Sha256.ofFile(bundle),
                "builtin",
                1,
                Instant.now(),
                Instant.now(),
                Duration.ofDays(1),
                1))) {
      open.forEach(entry -> subjects.add(entry.subject().value()));
    }
    assertThat(subjects)
        .isEqualTo(rows.stream().map(row -> row.substring(0, row.indexOf(','))).toList());
  }

  @Test
  void aFolderNeedsWhatACsvFileSaysOfItsSubjects() {
    assertThat(run(arguments(new String[0], "--folder", path("people"), "--category", "exercise")))
        .isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("--legal-basis").contains("--review");
  }

  private int build(String... more) {
    return run(
        arguments(
            more,
            "--folder",
            path("people"),
            "--category",
            "exercise",
            "--image-source",
            "drawn",
            "--legal-basis",
            "nobody is real",
            "--review",
            "2099-12-31"));
  }

  private int buildFromCsv(String... more) {
    return run(arguments(more, "--csv", path("list.csv")));
  }

  private void csv(String... rows) throws Exception {
    Files.writeString(
        folder.resolve("list.csv"),
        "subject,category,image,review,source,legal-basis,under18\n" + String.join("\n", rows));
  }

  private static String row(String subject, String picture) {
    return subject + ",wanted," + picture + ",2099-12-31,custody,warrant 7,no";
  }

  /** A drawn person's picture, from the list on. */
  private String person(int index) throws Exception {
    try (Stream<Path> people = Files.walk(folder.resolve("people"))) {
      return folder
          .relativize(people.filter(Files::isRegularFile).sorted().toList().get(index))
          .toString();
    }
  }

  private BundleHeader header() throws Exception {
    return WatchlistBundle.verify(
            folder.resolve("list.bundle"),
            List.of(AuthorityPublicKey.read(folder.resolve("a.key.public"))))
        .header();
  }

  private JsonNode report() {
    return JsonMapper.shared().readTree(folder.resolve("report.json").toFile());
  }

  private String[] arguments(String[] more, String... source) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "watchlist",
                "build",
                "--pack",
                "builtin",
                "--device",
                path("device.keys.identity"),
                "--authority",
                path("a.key"),
                "--deployment",
                "D-1",
                "--out",
                path("list.bundle")));
    arguments.addAll(List.of(source));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--expires")) {
      arguments.addAll(List.of("--expires", "+PT24H"));
    }
    return arguments.toArray(String[]::new);
  }

  private int run(String... arguments) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
