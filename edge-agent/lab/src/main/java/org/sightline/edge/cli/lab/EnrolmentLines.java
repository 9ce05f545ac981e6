package org.sightline.edge.cli.lab;

import java.io.PrintWriter;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.Enrolment;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.threshold.ThresholdChoice;

/** The list of a measuring command, by the rules of {@code watchlist build}. */
final class EnrolmentLines {
  private EnrolmentLines() {}

  /** What pictures of one subject have to resemble each other by. */
  static Calibration calibration(ModelPack pack) throws SightlineException {
    return ThresholdChoice.calibration(pack, null, Scoring.COSINE);
  }

  /** Each refused picture with its reason, and how many there were. */
  static void print(Enrolment enrolment, int failuresToEnrol, PrintWriter err) {
    for (Enrolment.Refused refused : enrolment.refused()) {
      err.printf(
          "refused: %s: %s: %s%n", refused.picture(), refused.reason(), refused.explanation());
    }
    err.printf(
        "%d pictures enrolled, %d refused; %d people left out because none of theirs is usable%n",
        enrolment.picturesUsed(), enrolment.picturesRefused(), failuresToEnrol);
  }
}
