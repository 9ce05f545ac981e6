package org.sightline.edge.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;

class ListNormalisationTest {
  private static final String PACK = "sample-pack";
  private static final int DIMENSION = 19;

  /** So wide that nothing but the zero shows. */
  private static final ListScale SCALE = new ListScale(0.4, 1, 1);

  /** As a pack has it; in so few dimensions strangers are rather near. */
  private static final ListScale NARROW = new ListScale(0.4, 0.9, 0.02);

  private final Random random = new Random(5);

  @Test
  void aListThatIsTooShortIsComparedByCosine() {
    try (Gallery gallery = gallery(strangers(299), SCALE)) {
      assertThat(gallery.scoring()).isEqualTo(Scoring.COSINE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1000, 2345})
  void theSimilarityIsTheCosineLessHalfOfWhatBothResembleTheListMoreThanUsual(int size) {
    List<Template> listed = strangers(size);
    Template probe = stranger();
    try (Gallery gallery = gallery(listed, SCALE)) {
      double[] similarities = gallery.similarities(probe);
      List<Integer> cohort = cohort(size);
      double[] nearness = new double[size];
      for (int row = 0; row < size; row++) {
        nearness[row] = nearness(listed.get(row), listed, cohort, row);
      }
      double zero = SCALE.meanNearness();
      for (int row = 0; row < size; row += 37) {
        double expected =
            probe.similarityTo(listed.get(row)).cosine()
                - (nearness[row] - zero) / 2
                - (nearness(probe, listed, cohort, row) - zero) / 2;
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
    try (Gallery gallery = gallery(strangers(700), SCALE)) {
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
    try (Gallery gallery = gallery(listed, SCALE)) {
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
    try (Gallery plain = gallery(listed, null);
        Gallery normalised = gallery(listed, SCALE)) {
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
    ListNormalisation normalisation = new ListNormalisation(rows, 300, SCALE);
    ByteBuffer held = normalisation.memory();
    assertThat(GalleryTest.isWiped(held)).isFalse();

    normalisation.wipe();

    assertThat(GalleryTest.isWiped(held)).isTrue();
  }

  @Test
  void aGallerySaysHowItsSimilaritiesAreComputed() {
    try (Gallery plain = gallery(strangers(300), null);
        Gallery normalised = gallery(strangers(300), SCALE)) {
      assertThat(plain.scoring()).isEqualTo(Scoring.COSINE);
      assertThat(normalised.scoring()).isEqualTo(Scoring.LIST_NORMALISED);
    }
  }

  @Test
  void theMeanNearnessOfAListDoesNotDependOnTheZero() {
    List<Template> listed = strangers(400);
    try (Gallery one = gallery(listed, SCALE);
        Gallery other = gallery(listed, new ListScale(0.1, 1, 1))) {
      assertThat(one.meanNearness()).isEqualTo(other.meanNearness()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 30, 200})
  void listingOnePersonSeveralTimesRaisesNoStrangersSimilarityToAnother(int times) {
    List<Template> listed = strangers(400);
    List<Template> more = new ArrayList<>(listed);
    for (int i = 1; i < times; i++) {
      more.set(399 - i, near(listed.get(399)));
    }
    assertNobodyIsRaised(more);
  }

  @Test
  void aListWhoseEntriesResembleEachOtherRaisesNoStrangersSimilarity() {
    Template centre = stranger();
    List<Template> alike = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      float[] values = new float[DIMENSION];
      stranger().addTo(values, 1);
      centre.addTo(values, 0.8f);
      alike.add(Template.normalised(PACK, values));
    }
    assertNobodyIsRaised(alike);
  }

  @Test
  void aListOfEntriesThatAreNoFacesRaisesNoStrangersSimilarity() {
    List<Template> listed = strangers(200);
    for (int i = 0; i < 200; i++) {
      float[] values = new float[DIMENSION];
      stranger().addTo(values, -1);
      listed.add(Template.normalised(PACK, values));
    }
    assertNobodyIsRaised(listed);
  }

  /** By more than the scale allows, whatever the list. */
  private void assertNobodyIsRaised(List<Template> listed) {
    try (Gallery gallery = gallery(listed, NARROW)) {
      for (Template stranger : strangers(50)) {
        double[] similarities = gallery.similarities(stranger);
        for (int row = 0; row < similarities.length; row++) {
          assertThat(similarities[row])
              .isLessThanOrEqualTo(
                  stranger.similarityTo(listed.get(row)).cosine() + NARROW.mostRaised() + 1e-6);
        }
      }
    }
  }

  @Test
  void somebodyWhoIsListedTwiceIsFoundAsIfListedOnce() {
    List<Template> listed = strangers(400);
    Template probe = near(listed.get(7));
    List<Template> twice = new ArrayList<>(listed);
    twice.set(201, near(listed.get(7)));
    try (Gallery once = gallery(listed, NARROW);
        Gallery again = gallery(twice, NARROW)) {
      assertThat(again.similarities(probe)[7]).isCloseTo(once.similarities(probe)[7], within(0.01));
    }
  }

  /** Another picture of somebody. */
  private Template near(Template somebody) {
    float[] values = new float[DIMENSION];
    somebody.addTo(values, 4);
    stranger().addTo(values, 0.8f);
    return Template.normalised(PACK, values);
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

  private static Gallery gallery(List<Template> listed, @Nullable ListScale scale) {
    try (Gallery.Builder builder = Gallery.builder(PACK, DIMENSION, listed.size())) {
      for (int i = 0; i < listed.size(); i++) {
        builder.add(new SubjectRef("S-" + i), "exercise", List.of(listed.get(i)));
      }
      return builder.build(scale);
    }
  }
}
