package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.evaluate.CalibrationMeasurement.Subject;
import org.sightline.edge.evaluate.Verification.Score;

class VerificationTest {
  @TempDir Path folder;

  @Test
  void pairsAreReadByFoldAndKind() throws Exception {
    pictures("a/a_0001.jpg", "a/a_0002.jpg", "b/b_0001.jpg");
    VerificationPairs pairs = read("2\t1\na\t1\t2\na\t1\tb\t1\na 2 1\nb 1 a 2\n");
    assertThat(pairs.folds()).hasSize(2);
    assertThat(pairs.folds().get(1))
        .extracting(VerificationPairs.Pair::mated)
        .containsExactly(true, false);
    assertThat(pairs.pictures()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "words",
        "1 1 1",
        "0 5",
        "1 -3",
        "1 1\na 1\nb 1 a 1",
        "1 1\na 1 2\na 1 2",
        "1 1\na 1 2",
        "1 1\na 1 2\na 1 b 1\na 1 2",
        "1 1\na x 2\na 1 b 1",
        "1 1\n../a 1 2\na 1 b 1"
      })
  void aFileOfAnotherFormIsRefusedWithItsLine(String content) throws Exception {
    pictures("a/a_0001.jpg", "a/a_0002.jpg", "b/b_0001.jpg");
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("not a pairs file")
        .hasMessageContaining("line ");
  }

  @Test
  void aMissingPictureIsNamed() throws Exception {
    pictures("a/a_0001.jpg", "b/b_0001.jpg");
    assertThatThrownBy(() -> read("1 1\na 1 2\na 1 b 1\n"))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("a_0002.jpg");
  }

  @Test
  void separableScoresAreAllRight() {
    Verification result = Verification.of(List.of(fold(0.6, 0.2), fold(0.7, 0.1)), 0);
    assertThat(result.accuracy()).isEqualTo(1);
    assertThat(result.accuracyStdDev()).isZero();
    assertThat(result.tarAtFar()).containsEntry("1e-2", 1.0).containsEntry("1e-3", 1.0);
    assertThat(result.pairs()).isEqualTo(4);
  }

  @Test
  void aFoldIsDecidedAtTheThresholdOfTheOthers() {
    Verification result =
        Verification.of(List.of(fold(0.3, 0.25), fold(0.9, 0.5), fold(0.9, 0.5)), 0);
    assertThat(result.folds().get(0).threshold()).isEqualTo(0.7, within(1e-9));
    assertThat(result.folds().get(0).accuracy()).isEqualTo(0.5);
  }

  @Test
  void theRateOfTrueAcceptanceAllowsNoMoreFalseOnesThanItSays() {
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      scores.add(new Score(i / 100.0, false));
      scores.add(new Score(0.5 + i / 200.0, true));
    }
    Verification result = Verification.of(List.of(scores), 0);
    assertThat(result.tarAtFar().get("1e-2")).isEqualTo(0.03, within(1e-9));
    assertThat(result.tarAtFar().get("1e-3")).isEqualTo(0.01, within(1e-9));
  }

  @Test
  void aCalibrationGivesTheShareOfStrangersThatReachASimilarity() throws Exception {
    Random random = new Random(2);
    List<Subject> subjects = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<Template> templates = new ArrayList<>();
      for (int picture = 0; picture <= i % 3; picture++) {
        templates.add(template(random));
      }
      subjects.add(new Subject("s" + i, templates));
    }
    CalibrationMeasurement measured = CalibrationMeasurement.of("random", subjects, null, 0);
    List<Calibration.Point> points =
        measured.tables().get(0).calibration().points().stream()
            .filter(Calibration.Point::measured)
            .toList();
    // Directions in three dimensions: the cosine of two is uniform over [-1, 1].
    for (Calibration.Point point : points) {
      double truth = (1 - point.similarity()) / 2;
      assertThat(point.falseMatchRate()).isBetween(0.5 * truth, 1.6 * truth);
    }
    assertThat(points.size()).isGreaterThan(6);
    assertThat(measured.tables().get(0).support())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.pairsOfSubjects()).isGreaterThanOrEqualTo(10));
  }

  @Test
  void everyPairOfSubjectsWeighsTheSameWhateverItsPictures() throws Exception {
    List<Subject> subjects = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      subjects.add(subject("axis" + i, i, 1));
      subjects.add(subject("same axis" + i, i, 1 + i));
    }
    CalibrationMeasurement measured = CalibrationMeasurement.of("axes", subjects, null, 0);
    // 20 of 780 pairs share an axis, one of them with 20 times the comparisons of another.
    assertThat(measured.tables().get(0).calibration().points().get(0).falseMatchRate())
        .isEqualTo(20 / 780.0, within(1e-4));
    assertThat(measured.nearest().get(0).similarity()).isEqualTo(1);
  }

  private static Subject subject(String name, int axis, int pictures) {
    float[] direction = new float[20];
    direction[axis] = 1;
    List<Template> templates = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      templates.add(Template.normalised("test", direction));
    }
    return new Subject(name, templates);
  }

  private static Template template(Random random) {
    return Template.normalised(
        "test",
        new float[] {
          (float) random.nextGaussian(),
          (float) random.nextGaussian(),
          (float) random.nextGaussian()
        });
  }

  private static List<Score> fold(double mated, double nonMated) {
    return List.of(new Score(mated, true), new Score(nonMated, false));
  }

  private VerificationPairs read(String content) throws Exception {
    return VerificationPairs.read(Files.writeString(folder.resolve("pairs.txt"), content), folder);
  }

  private void pictures(String... names) throws Exception {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1});
    }
  }
}
