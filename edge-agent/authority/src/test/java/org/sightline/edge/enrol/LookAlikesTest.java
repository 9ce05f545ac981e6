package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.LookAlikes.Found;
import org.sightline.edge.enrol.LookAlikes.Pair;
import org.sightline.edge.match.Threshold;

class LookAlikesTest {
  private static final String PACK = "sample-pack";
  private static final int DIMENSION = 23;

  /** Log-linear: 0.3 at 1 in 1,000, a tenth of the rate for each 0.1 more. */
  private static final Calibration CALIBRATION =
      new Calibration(
          "sample",
          Scoring.COSINE,
          null,
          null,
          1_000_000,
          List.of(
              point(0.3, 1e-3),
              point(0.4, 1e-4),
              point(0.5, 1e-5),
              point(0.6, 1e-6),
              point(0.7, 1e-7)),
          List.of());

  private static Point point(double similarity, double rate) {
    return new Point(similarity, rate, rate, rate, true);
  }

  private final LookAlikes lookAlikes = new LookAlikes(PACK, DIMENSION);

  @AfterEach
  void close() {
    lookAlikes.close();
  }

  @Test
  void anEntryThatManyStrangersResembleIsGeneric() {
    float[] common = new float[DIMENSION];
    common[0] = 1;
    List<WatchlistEntry> strangers = strangers(700);
    strangers.subList(60, 700).forEach(lookAlikes::add);
    for (WatchlistEntry stranger : strangers.subList(0, 60)) {
      float[] values = new float[DIMENSION];
      values[0] = 0.6f;
      stranger.templates().get(0).addTo(values, 0.8f);
      lookAlikes.add(entry(stranger.subject().value(), Template.normalised(PACK, values)));
    }
    lookAlikes.add(entry("S-generic", Template.normalised(PACK, common)));
    Calibration oneInAHundred =
        new Calibration(
            "sample", Scoring.COSINE, null, null, 1_000_000, List.of(point(0.5, 1e-2)), List.of());
    assertThat(lookAlikes.generic(oneInAHundred))
        .extracting(LookAlikes.Generic::subject)
        .startsWith(new SubjectRef("S-generic"));
  }

  @Test
  void amongStrangersNobodyIsGeneric() {
    strangers(700).forEach(lookAlikes::add);
    assertThat(lookAlikes.generic(CALIBRATION)).isEmpty();
  }

  @Test
  void thePairsAreThoseThatComparingEachWithEachGives() {
    List<WatchlistEntry> entries = strangers(700);
    entries.forEach(lookAlikes::add);
    Similarity threshold = new Similarity(0.6);
    List<Pair> expected = new ArrayList<>();
    for (int a = 0; a < entries.size(); a++) {
      for (int b = a + 1; b < entries.size(); b++) {
        Similarity similarity =
            entries.get(a).templates().get(0).similarityTo(entries.get(b).templates().get(0));
        if (similarity.reaches(threshold)) {
          expected.add(new Pair(entries.get(a).subject(), entries.get(b).subject(), similarity));
        }
      }
    }
    Found found = lookAlikes.reaching(threshold, 100_000);
    assertThat(expected).hasSizeGreaterThan(20);
    assertThat(found.count()).isEqualTo(expected.size());
    assertThat(found.nearest())
        .usingElementComparator(
            (one, other) ->
                one.a().equals(other.a())
                        && one.b().equals(other.b())
                        && Math.abs(one.similarity().cosine() - other.similarity().cosine()) < 1e-5
                    ? 0
                    : 1)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theMostAlikeComeFirstAndOfMoreOnlyTheNumberIsReported() {
    strangers(300).forEach(lookAlikes::add);
    Found all = lookAlikes.reaching(new Similarity(0.4), 100_000);
    Found few = lookAlikes.reaching(new Similarity(0.4), 5);
    assertThat(few.count()).isEqualTo(all.count()).isGreaterThan(5);
    assertThat(few.nearest()).isEqualTo(all.nearest().subList(0, 5));
    assertThat(all.nearest())
        .isSortedAccordingTo(
            (one, other) -> Double.compare(other.similarity().cosine(), one.similarity().cosine()));
  }

  @Test
  void onePersonUnderTwoReferencesIsFoundByWhatThePicturesHaveInCommon() {
    Template one = template(new Random(1));
    Template other = template(new Random(2));
    lookAlikes.add(entry("S-1", one, other));
    lookAlikes.add(entry("S-2", other, one));
    assertThat(lookAlikes.reaching(new Similarity(0.9999), 10).nearest())
        .extracting(Pair::a, Pair::b)
        .containsExactly(tuple(new SubjectRef("S-1"), new SubjectRef("S-2")));
  }

  @Test
  void aTemplateOfAnotherPackIsNotCompared() {
    WatchlistEntry foreign = entry("S-1", Template.normalised("other-pack", new float[] {1}));
    assertThatIllegalArgumentException().isThrownBy(() -> lookAlikes.add(foreign));
  }

  @Test
  void onAShortListOneSubjectInAThousandMayBeAlikeByChance() {
    // 10 subjects: 1 in 1,000 of them among 10 is a rate of 1 in 10,000.
    assertThat(threshold(10)).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void onALongListOnePairMayBeAlikeByChance() {
    // 4,472 subjects are 10 million pairs: a rate of 1 in 10 million.
    assertThat(threshold(4472)).isCloseTo(0.7, within(1e-3));
  }

  @Test
  void onAListTooLongForTheCalibrationItIsTheStrictestThatIsSupported() {
    assertThat(threshold(100_000)).isEqualTo(Threshold.strictest(CALIBRATION).cosine());
  }

  @Test
  void thereIsNoneWithoutACalibrationOrAnybodyToCompareWith() {
    assertThat(LookAlikes.threshold(Calibration.none(Scoring.COSINE), 10)).isEmpty();
    assertThat(LookAlikes.threshold(CALIBRATION, 1)).isEmpty();
  }

  private static double threshold(int subjects) {
    return LookAlikes.threshold(CALIBRATION, subjects).orElseThrow().cosine();
  }

  private static List<WatchlistEntry> strangers(int count) {
    Random random = new Random(7);
    List<WatchlistEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry("S-" + i, template(random)));
    }
    return entries;
  }

  private static WatchlistEntry entry(String subject, Template... templates) {
    return new WatchlistEntry(
        new SubjectRef(subject), "wanted", List.of(templates), new Jpeg(new byte[0]));
  }

  private static Template template(Random random) {
    float[] values = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      values[d] = (float) random.nextGaussian();
    }
    return Template.normalised(PACK, values);
  }
}
