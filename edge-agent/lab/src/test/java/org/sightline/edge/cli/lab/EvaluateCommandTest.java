package org.sightline.edge.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.MiniFasNet;
import org.sightline.edge.RetailPack;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.imaging.Turn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void verifyWritesTheFiguresOfTheProtocol() throws Exception {
    Path lfw = SharedFiles.data().resolve("lfw");
    RetailPack.installedIn(folder);
    List<String> all = Files.readAllLines(lfw.resolve("pairs_dev.txt"));
    List<String> pairs = new ArrayList<>(List.of("2\t15"));
    for (int fold = 0; fold < 2; fold++) {
      pairs.addAll(all.subList(1 + 15 * fold, 16 + 15 * fold));
      pairs.addAll(all.subList(301 + 15 * fold, 316 + 15 * fold));
    }
    Path file = Files.write(folder.resolve("pairs.txt"), pairs);
    Path json = folder.resolve("out.json");

    assertThat(verify(lfw, file, json)).as(err.toString()).isZero();

    JsonNode result = JsonMapper.shared().readTree(json.toFile());
    assertThat(result.get("pairs").intValue()).isEqualTo(60);
    assertThat(result.get("failuresToAcquire").intValue()).isZero();
    assertThat(result.get("accuracy").doubleValue()).isGreaterThan(0.94);
    assertThat(result.get("tarAtFar").has("1e-3")).isTrue();
    assertThat(result.get("folds")).hasSize(2);
    assertThat(result.get("modelPack").stringValue()).isEqualTo("retail-0095");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnparseablePairsFileIsOneLineAndWritesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("pairs.txt"), "no pairs here, sorry\n");
    Path json = folder.resolve("out.json");
    assertThat(verify(folder, file, json)).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("not a pairs file");
    assertThat(json).doesNotExist();
  }

  @Test
  void aMissingPictureIsOneLineAndWritesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("pairs.txt"), "1\t1\na\t1\t2\na\t1\tb\t1\n");
    Path json = folder.resolve("out.json");
    assertThat(verify(folder, file, json)).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("a_0001.jpg");
    assertThat(json).doesNotExist();
  }

  @Test
  void aPictureThatCannotBeReadIsRefusedByNameAndNotLeftOut() throws Exception {
    Path listed = Files.createDirectories(folder.resolve("gallery")).resolve("S-1.webp");
    Files.writeString(listed, "RIFF0000WEBPVP8 ");
    Files.copy(listed, Files.createDirectories(folder.resolve("mated")).resolve("S-1.webp"));
    Files.copy(listed, Files.createDirectories(folder.resolve("others")).resolve("S-2.webp"));
    int exit =
        run(
            "evaluate",
            "identify",
            "--gallery",
            folder + "/gallery",
            "--mated",
            folder + "/mated",
            "--nonmated",
            folder + "/others",
            "--pack",
            "builtin",
            "--json",
            folder + "/out.json");
    assertThat(exit).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("a WebP picture").contains(listed.toString());
  }

  @Test
  void identifyListsByTheRulesOfAWatchlistAndNamesWhatTheyRefuse() throws Exception {
    new Generator().portraits(5, 3, 3, folder.resolve("people"));
    for (String person : List.of("P-00001", "P-00002")) {
      move(person, "01.png", "gallery");
      move(person, "02.png", "mated");
    }
    move("P-00002", "03.png", "gallery");
    move("P-00003", "01.png", "others");
    Path turned = folder.resolve("gallery/P-00001/01.png");
    turn(turned);
    Path json = folder.resolve("out.json");

    assertThat(identify(json)).as(err.toString()).isZero();

    JsonNode result = JsonMapper.shared().readTree(json.toFile());
    assertThat(result.get("galleryEntries").intValue()).isOne();
    assertThat(result.get("failuresToEnrol").intValue()).isOne();
    assertThat(result.get("searchesForUnlisted").intValue()).isOne();
    assertThat(result.get("matedSearches").intValue()).isOne();
    assertThat(result.get("rank1").doubleValue()).isOne();
    JsonNode enrolment = result.get("enrolment");
    assertThat(enrolment.get("picturesUsed").intValue()).isEqualTo(2);
    assertThat(enrolment.get("picturesRefused").intValue()).isOne();
    assertThat(enrolment.get("refused").get(0).get("picture").stringValue())
        .isEqualTo(turned.toString());
    assertThat(enrolment.get("refused").get(0).get("reason").stringValue())
        .isEqualTo("NOT_UPRIGHT");
    assertThat(err.toString())
        .contains("refused: " + turned + ": NOT_UPRIGHT: ")
        .contains("2 pictures enrolled, 1 refused; 1 people left out")
        .contains("1 left out, of people who are not listed");
  }

  @Test
  void identifyOfPeopleWhoCannotBeListedIsOneLineAndWritesNothing() throws Exception {
    new Generator().portraits(5, 2, 2, folder.resolve("people"));
    move("P-00001", "01.png", "gallery");
    move("P-00001", "02.png", "mated");
    move("P-00002", "01.png", "others");
    turn(folder.resolve("gallery/P-00001/01.png"));
    Path json = folder.resolve("out.json");

    assertThat(identify(json)).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().lines().filter(line -> line.contains("nobody can be listed")))
        .singleElement()
        .asString()
        .contains("gallery/P-00001/01.png")
        .contains("not upright");
    assertThat(json).doesNotExist();
  }

  @Test
  void conditionsListsByTheRulesOfAWatchlistAndNamesWhatTheyRefuse() throws Exception {
    Path people = folder.resolve("people");
    new Generator().portraits(5, 3, 2, people);
    Files.delete(people.resolve("P-00003/02.png"));
    Path turned = people.resolve("P-00001/01.png");
    turn(turned);
    Path json = folder.resolve("out.json");

    assertThat(conditions(people, json, "lowerFaceCovered")).as(err.toString()).isZero();

    JsonNode result = JsonMapper.shared().readTree(json.toFile());
    assertThat(result.get("listed").intValue()).isOne();
    assertThat(result.get("failuresToEnrol").intValue()).isOne();
    assertThat(result.get("undegraded").get("tpir").get("of").intValue()).isOne();
    assertThat(result.get("enrolment").get("refused").get(0).get("picture").stringValue())
        .isEqualTo(turned.toString());
    assertThat(err.toString()).contains("refused: " + turned + ": NOT_UPRIGHT: ");
  }

  private void move(String person, String picture, String to) throws Exception {
    Path target = Files.createDirectories(folder.resolve(to).resolve(person));
    Files.move(folder.resolve("people").resolve(person).resolve(picture), target.resolve(picture));
  }

  private static void turn(Path picture) throws Exception {
    Files.write(picture, JpegCodec.encode(Turn.UPSIDE_DOWN.of(Stills.read(picture)), 95).bytes());
  }

  private int identify(Path json) {
    return run(
        "evaluate",
        "identify",
        "--gallery",
        folder + "/gallery",
        "--mated",
        folder + "/mated",
        "--nonmated",
        folder + "/others",
        "--pack",
        "builtin",
        "--json",
        json.toString());
  }

  @Test
  void calibratingAFolderWithoutPeopleIsOneLine() {
    int exit =
        run("calibrate", "--images", folder.toString(), "--json", folder + "/calibration.json");
    assertThat(exit).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("fewer than two subjects");
  }

  @Test
  void conditionsWritesWhatEachStepCosts() throws Exception {
    Path people = folder.resolve("people");
    new Generator().portraits(5, 3, 2, people);
    Files.delete(people.resolve("P-00003/02.png"));
    Path json = folder.resolve("out.json");

    assertThat(conditions(people, json, "faceHeight")).as(err.toString()).isZero();

    JsonNode result = JsonMapper.shared().readTree(json.toFile());
    assertThat(result.get("listed").intValue()).isEqualTo(2);
    assertThat(result.get("undegraded").get("tpir").get("of").intValue()).isEqualTo(2);
    assertThat(result.get("undegraded").get("fpir").get("of").intValue()).isEqualTo(1);
    JsonNode height = result.get("conditions").get(0);
    assertThat(height.get("condition").stringValue()).isEqualTo("faceHeight");
    JsonNode smallest = height.get("steps").get(0);
    assertThat(smallest.get("value").doubleValue()).isEqualTo(16);
    assertThat(smallest.get("measured").intValue()).isEqualTo(3);
    assertThat(smallest.get("embedded").get("count").intValue()).isZero();
    assertThat(height.get("steps").get(10).get("tpir").isNull()).isTrue();
    assertThat(err.toString()).contains("faceHeight").contains("frontality");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnknownConditionIsReportedWithThoseThereAre() {
    Path json = folder.resolve("out.json");
    assertThat(conditions(folder, json, "fog")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("fog").contains("motionBlur");
    assertThat(json).doesNotExist();
  }

  private int conditions(Path images, Path json, String condition) {
    return run(
        "evaluate",
        "conditions",
        "--images",
        images.toString(),
        "--pack",
        "builtin",
        "--condition",
        condition,
        "--json",
        json.toString());
  }

  @Test
  void attacksWritesBothErrorRatesAtSeveralThresholds() throws Exception {
    RetailPack.installedIn(folder);
    MiniFasNet.installedIn(folder);
    Path images = Files.createDirectory(folder.resolve("images"));
    try (Stream<Path> people = Files.list(SharedFiles.data().resolve("london/neutral_front"))) {
      for (Path person : people.sorted().limit(2).toList()) {
        Files.copy(person, images.resolve(person.getFileName()));
      }
    }
    Path json = folder.resolve("out.json");

    assertThat(attacks(images, json)).as(err.toString()).isZero();

    JsonNode result = JsonMapper.shared().readTree(json.toFile());
    assertThat(result.get("pictures").intValue()).isEqualTo(2);
    assertThat(result.get("attackPack").stringValue()).isEqualTo("minifasnet");
    JsonNode last = result.get("points").get(result.get("points").size() - 1);
    assertThat(last.get("bpcer").get("of").intValue()).isEqualTo(2);
    assertThat(last.get("apcer").propertyNames())
        .containsExactlyInAnyOrder("print", "print-filling", "screen", "screen-filling");
  }

  @Test
  void attacksOnAFolderWithoutPicturesIsOneLine() {
    Path json = folder.resolve("out.json");
    assertThat(attacks(folder, json)).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("no picture");
  }

  @Test
  void attacksOnAPackForSomethingElseIsOneLine() throws Exception {
    Files.write(folder.resolve("a.jpg"), new byte[1]);
    int exit =
        run(
            "evaluate",
            "attacks",
            "--images",
            folder.toString(),
            "--json",
            folder + "/out.json",
            "--pack",
            "builtin",
            "--detector",
            "builtin");
    assertThat(exit).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("there is minifasnet");
  }

  private int attacks(Path images, Path json) {
    return run(
        "evaluate",
        "attacks",
        "--images",
        images.toString(),
        "--json",
        json.toString(),
        "--models",
        folder.toString());
  }

  private int verify(Path images, Path pairs, Path json) {
    return run(
        "evaluate",
        "verify",
        "--images",
        images.toString(),
        "--pairs",
        pairs.toString(),
        "--json",
        json.toString(),
        "--models",
        folder.toString());
  }

  private int run(String... args) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
