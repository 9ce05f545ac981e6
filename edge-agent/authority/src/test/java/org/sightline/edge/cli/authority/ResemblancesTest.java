package org.sightline.edge.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.ListEnrolment.Outcome;
import org.sightline.edge.enrol.LookAlikes;

/** How a list whose people resemble each other is reported when it is built. */
class ResemblancesTest {
  private static final String PACK = "sample-pack";
  private static final int DIMENSION = 64;
  private static final int ENTRIES = 300;

  /** About the mean nearness of random vectors of this dimension. */
  private static final ListScale SCALE = new ListScale(0.26, 0.95, 0.02);

  @Test
  void aListOfPeopleWhoResembleEachOtherIsPointedOutWithBothFigures() {
    assertThat(reported(0.6))
        .containsPattern("warning: .*mean nearness 0\\.\\d{3}, usually 0\\.260");
  }

  @Test
  void aListOfDifferentPeopleIsNotPointedOut() {
    assertThat(reported(0)).isEmpty();
  }

  /**
   * @param common how much all have in common, of 1 that each has of its own
   */
  private static String reported(double common) {
    Random random = new Random(11);
    StringWriter err = new StringWriter();
    try (LookAlikes lookAlikes = new LookAlikes(PACK, DIMENSION)) {
      for (int entry = 0; entry < ENTRIES; entry++) {
        float[] values = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          values[d] = (float) (random.nextGaussian() + common);
        }
        lookAlikes.add(
            new WatchlistEntry(
                new SubjectRef("S-" + entry),
                "wanted",
                List.of(Template.normalised(PACK, values)),
                new Jpeg(new byte[0])));
      }
      Resemblances.of(
              List.of(),
              lookAlikes,
              Calibration.none(Scoring.LIST_NORMALISED),
              new Outcome(ENTRIES, List.of(), List.of()),
              SCALE)
          .report(new PrintWriter(err, true));
    }
    return err.toString();
  }
}
