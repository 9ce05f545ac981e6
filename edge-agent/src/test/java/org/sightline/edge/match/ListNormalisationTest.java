package org.sightline.edge.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;

class ListNormalisationTest {
  private static final String PACK = "sample-pack";
  private static final int DIMENSION = 19;
  private final Random random = new Random(5);

  @Test
  void aListThatIsTooShortIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gallery(strangers(299), Scoring.LIST_NORMALISED));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1000, 2345})
  void theSimilarityIsTheCosineLessHalfOfWhatBothResembleTheListMoreThanUsual(int size) {
    List<Template> listed = strangers(size);
    Template probe = stranger();
    try (Gallery gallery = gallery(listed, Scoring.LIST_NORMALISED)) {
      double[] similarities = gallery.similarities(probe);
      List<Integer> cohort = cohort(size);
      double[] nearness = new double[size];
      for (int row = 0; row < size; row++) {
        nearness[row] = nearness(listed.get(row), listed, cohort, row);
      }
      double mean = Arrays.stream(nearness).average().orElseThrow();
      for (int row = 0; row < size; row += 37) {
        double expected =
            probe.similarityTo(listed.get(row)).cosine()
                - (nearness[row] - mean) / 2
                - (nearness(probe, listed, cohort, row) - mean) / 2;
        assertThat(similarities[row]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static List<Integer> cohort(int size) {
    int members = Math.min(1000, size);
    List<Integer> rows = new ArrayList<>();
    for (long i = 0; i < members; i++) {
      rows.add((int) (i * size / members));
    }
    return rows;
  }

  private static double nearness(
      Template template, List<Template> listed, List<Integer> cohort, int leftOut) {
    return cohort.stream()
        .filter(row -> row != leftOut)
        .map(row -> -template.similarityTo(listed.get(row)).cosine())
        .sorted()
        .limit(cohort.size() / 25)
        .mapToDouble(each -> -each)
        .average()
        .orElseThrow();
  }

  @Test
  void theNearestIsTheEntryOfTheHighestSimilarity() {
    try (Gallery gallery = gallery(strangers(700), Scoring.LIST_NORMALISED)) {
      Template probe = stranger();
      double[] similarities = gallery.similarities(probe);
      Candidate nearest = gallery.nearest(probe).orElseThrow();
      assertThat(nearest.similarity().cosine())
          .isCloseTo(similarities[nearest.row()], within(1e-9));
      // The probe's own share is nearly the same for all rows: only the candidate is left out.
      assertThat(nearest.similarity().cosine())
          .isCloseTo(Arrays.stream(similarities).max().orElseThrow(), within(0.02));
    }
  }

  @Test
  void theNearestOfALongListIsTheOneThatComparisonWithEachFinds() {
    List<Template> listed = strangers(2600);
    List<Integer> cohort = cohort(listed.size());
    double[] nearness = new double[listed.size()];
    for (int row = 0; row < listed.size(); row++) {
      nearness[row] = nearness(listed.get(row), listed, cohort, row);
    }
    try (Gallery gallery = gallery(listed, Scoring.LIST_NORMALISED)) {
      for (Template probe : strangers(20)) {
        int nearest =
            IntStream.range(0, listed.size())
                .boxed()
                .max(
                    Comparator.comparingDouble(
                        row -> probe.similarityTo(listed.get(row)).cosine() - nearness[row] / 2))
                .orElseThrow();
        assertThat(gallery.nearest(probe).orElseThrow().row()).isEqualTo(nearest);
      }
    }
  }

  @Test
  void somebodyWhoResemblesManyOfThoseListedHasToResembleOneAllTheMore() {
    List<Template> listed = strangers(300);
    float[] likeMany = new float[DIMENSION];
    listed.subList(0, 40).forEach(each -> each.addTo(likeMany, 1));
    Template probe = Template.normalised(PACK, likeMany);
    try (Gallery plain = gallery(listed, Scoring.COSINE);
        Gallery normalised = gallery(listed, Scoring.LIST_NORMALISED)) {
      assertThat(normalised.nearest(probe).orElseThrow().similarity())
          .isLessThan(plain.nearest(probe).orElseThrow().similarity());
    }
  }

  @Test
  void whatIsHeldOfTheListIsWiped() {
    TemplateMatrix rows = new TemplateMatrix(300, DIMENSION);
    List<Template> listed = strangers(300);
    for (int row = 0; row < listed.size(); row++) {
      float[] unit = new float[DIMENSION];
      listed.get(row).copyTo(unit, 0);
      rows.put(row, unit);
    }
    ListNormalisation normalisation = new ListNormalisation(rows, 300);
    ByteBuffer held = normalisation.memory();
    assertThat(GalleryTest.isWiped(held)).isFalse();

    normalisation.wipe();

    assertThat(GalleryTest.isWiped(held)).isTrue();
  }

  @Test
  void aGallerySaysHowItsSimilaritiesAreReckoned() {
    try (Gallery plain = gallery(strangers(300), Scoring.COSINE);
        Gallery normalised = gallery(strangers(300), Scoring.LIST_NORMALISED)) {
      assertThat(plain.scoring()).isEqualTo(Scoring.COSINE);
      assertThat(normalised.scoring()).isEqualTo(Scoring.LIST_NORMALISED);
    }
  }

  private List<Template> strangers(int count) {
    List<Template> templates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      templates.add(stranger());
    }
    return templates;
  }

  private Template stranger() {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian() + 0.3f;
    }
    return Template.normalised(PACK, values);
  }

  private static Gallery gallery(List<Template> listed, Scoring scoring) {
    try (Gallery.Builder builder = Gallery.builder(PACK, DIMENSION, listed.size())) {
      for (int i = 0; i < listed.size(); i++) {
        builder.add(new SubjectRef("S-" + i), "exercise", List.of(listed.get(i)));
      }
      return builder.build(scoring);
    }
  }
}
