package org.sightline.edge.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.Calibration.Found;
import org.sightline.edge.domain.Template;
import org.sightline.edge.evaluate.CalibrationMeasurement.Subject;

/** Mated comparisons, gathered into the share that reaches each of some similarities. */
final class FoundShares {
  private static final double FROM = 0.3;
  private static final double STEP = 0.025;
  private static final int STEPS = 25;

  private final int[] reaching = new int[STEPS];
  private int comparisons;

  /** Of each picture of a subject with each other one, by cosine. */
  static FoundShares ofPictures(List<Subject> subjects) {
    FoundShares found = new FoundShares();
    for (Subject subject : subjects) {
      List<Template> templates = subject.templates();
      for (int a = 0; a < templates.size(); a++) {
        for (int b = a + 1; b < templates.size(); b++) {
          found.add(templates.get(a).similarityTo(templates.get(b)).cosine());
        }
      }
    }
    return found;
  }

  void add(double similarity) {
    comparisons++;
    for (int i = 0; i < STEPS && similarity >= similarity(i); i++) {
      reaching[i]++;
    }
  }

  private static double similarity(int step) {
    return Math.round(1000 * (FROM + step * STEP)) / 1000.0;
  }

  /** To three decimals; none without a comparison. */
  List<Found> rows() {
    List<Found> rows = new ArrayList<>();
    for (int i = 0; i < STEPS && comparisons > 0; i++) {
      rows.add(new Found(similarity(i), Math.round(1000.0 * reaching[i] / comparisons) / 1000.0));
    }
    return rows;
  }
}
