package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.evaluate.Identification.Mated;
import org.sightline.edge.evaluate.Identification.Point;

class IdentificationTest {
  /** A thousand strangers whose nearest subject has similarity 0.0000, 0.0003 ... 0.2997. */
  private static final double[] STRANGERS =
      IntStream.range(0, 1000).mapToDouble(i -> i * 0.0003).toArray();

  private static final Enrolment ENROLMENT = new Enrolment(10, 0, List.of());
  private static final Identification.Listed LISTED = new Identification.Listed(10, 0, ENROLMENT);

  private static Point at(double fpir, Identification identification) {
    return identification.points().stream()
        .filter(point -> point.fpirAtMost() == fpir)
        .findFirst()
        .orElseThrow();
  }

  private static Identification of(Mated... searches) {
    return Identification.of(Scoring.COSINE, LISTED, 0, List.of(searches), STRANGERS, 0);
  }

  @Test
  void aPointAllowsAsManyFalseCandidatesAsItsRateAndNoMore() {
    Point point = at(0.01, of(new Mated(true, 0.5)));

    assertThat(point.fpir()).isEqualTo(0.01);
    assertThat(point.threshold()).isGreaterThan(STRANGERS[989]).isLessThan(STRANGERS[990]);
  }

  @Test
  void theRightSubjectBelowTheThresholdIsAMiss() {
    Identification identification = of(new Mated(true, 0.29), new Mated(true, 0.31));

    assertThat(at(0.001, identification).tpir()).isEqualTo(0.5);
    assertThat(at(0.1, identification).tpir()).isEqualTo(1.0);
  }

  @Test
  void aWrongSubjectIsAMissHoweverAlike() {
    Identification identification = of(new Mated(false, 0.9), new Mated(true, 0.9));

    assertThat(at(0.01, identification).tpir()).isEqualTo(0.5);
    assertThat(identification.rank1()).isEqualTo(0.5);
  }

  @Test
  void rankOneAsksForNoSimilarity() {
    assertThat(of(new Mated(true, 0.01)).rank1()).isEqualTo(1.0);
  }

  @Test
  void ratesComeWithTheIntervalThatTheirNumbersCarry() {
    List<Mated> searches = new ArrayList<>();
    IntStream.range(0, 40).forEach(i -> searches.add(new Mated(i > 1, 0.9)));
    Identification identification =
        Identification.of(Scoring.COSINE, LISTED, 0, searches, STRANGERS, 0);

    Point point = at(0.001, identification);
    assertThat(point.tpirInterval().lower95()).isCloseTo(0.831, within(0.001));
    assertThat(point.tpirInterval().upper95()).isCloseTo(0.994, within(0.001));
    assertThat(point.fpirInterval().upper95()).isCloseTo(0.00556, within(0.00001));
  }

  @Test
  void theTradeOffHasAStepForEachNonMatedSearch() {
    Identification identification = of(new Mated(true, 0.15), new Mated(true, 0.5));

    assertThat(identification.det()).hasSize(1000);
    assertThat(identification.det().get(0).fpir()).isEqualTo(0.001);
    assertThat(identification.det().get(0).fnir()).isEqualTo(0.5);
    assertThat(identification.det().get(999).fpir()).isEqualTo(1.0);
    assertThat(identification.det().get(999).fnir()).isZero();
  }

  @Test
  void fewSearchesAllowNoFalseCandidateAtALowRate() {
    Identification identification =
        Identification.of(
            Scoring.COSINE,
            LISTED,
            0,
            List.of(new Mated(true, 0.6)),
            new double[] {0.1, 0.5, 0.3},
            0);

    assertThat(at(0.001, identification).fpir()).isZero();
    assertThat(at(0.001, identification).threshold()).isGreaterThan(0.5);
  }

  @Test
  void theTradeOffIsDrawnWithItsDenominators() {
    String svg = of(new Mated(true, 0.15), new Mated(true, 0.5)).detPlot().svg();

    assertThat(svg).contains("10 listed, 2 mated and 1000 non-mated searches");
  }
}
