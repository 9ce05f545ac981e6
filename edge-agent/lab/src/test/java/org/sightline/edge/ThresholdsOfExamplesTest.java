package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/**
 * Who copies an example copies its threshold: none may lie below the least that is derived for
 * anybody, which is that of the default pack for a list of one.
 */
class ThresholdsOfExamplesTest {
  private static final Path REPOSITORY = Path.of("../..");
  private static final String DEFAULT_PACK = "retail-0095";
  private static final double FALSE_ALERTS_PER_THOUSAND = 1;

  private static final List<String> PLACES =
      List.of("README.md", "docs", "scripts", "systemd", "models", "test-fixtures", "edge-agent");

  /** Says what was wrong before, and no example. */
  private static final Path HISTORY = Path.of("docs", "faults.md");

  private static final Pattern THRESHOLD =
      Pattern.compile(
          "(?i)(?:threshold[-_]?floor|--threshold|\\bthreshold:)[\\s\",'=:]*(\\d*\\.?\\d+)");

  @Test
  void noneLiesBelowTheLeastThatIsDerived(@TempDir Path folder) throws Exception {
    double least = leastDerived(ModelPacks.at(folder).manifest(DEFAULT_PACK));
    List<String> tooLow = new ArrayList<>();
    int found = 0;
    for (Path file : files()) {
      for (String line : lines(file)) {
        Matcher threshold = THRESHOLD.matcher(line);
        while (threshold.find()) {
          found++;
          if (Double.parseDouble(threshold.group(1)) < least) {
            tooLow.add(REPOSITORY.relativize(file) + ": " + line.strip());
          }
        }
      }
    }

    assertThat(tooLow).as("below %.3f", least).isEmpty();
    assertThat(found).as("examples").isPositive();
  }

  private static double leastDerived(ModelPack pack) throws Exception {
    Calibration calibration =
        pack.calibrations().stream()
            .filter(each -> each.scoring() == Scoring.COSINE)
            .findFirst()
            .orElseThrow();
    return Threshold.derive(calibration, 1, FALSE_ALERTS_PER_THOUSAND, new Similarity(-1))
        .similarity()
        .cosine();
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : PLACES) {
      try (Stream<Path> within = Files.walk(REPOSITORY.resolve(place))) {
        within
            .filter(Files::isRegularFile)
            .filter(file -> !file.toString().matches(".*/(target|src/test)/.*"))
            .filter(file -> !file.endsWith(HISTORY))
            .forEach(files::add);
      }
    }
    return files;
  }

  /** Of a text; those of another file are none. */
  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException noText) {
      return List.of();
    }
  }
}
