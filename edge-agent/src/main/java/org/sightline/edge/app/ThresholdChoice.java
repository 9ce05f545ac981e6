package org.sightline.edge.app;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.inference.ModelPack;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.match.Threshold.UnsupportedRateException;

/** The threshold of a deployment: derived unless set by hand, and never below the floor. */
public final class ThresholdChoice {
  private ThresholdChoice() {}

  /**
   * Chooses.
   *
   * @param population whose calibration counts; null for the pack's first
   * @param byHand null for the derived threshold
   * @param galleryEntries listed subjects
   */
  static Threshold of(
      ModelPack pack,
      @Nullable String population,
      @Nullable Similarity byHand,
      int galleryEntries,
      double falseAlertsPerThousandFaces,
      Similarity floor)
      throws AgentException {
    Calibration calibration = calibration(pack, population);
    if (byHand != null) {
      if (!byHand.reaches(floor)) {
        throw new AgentException(
            "the threshold of the settings lies below the authorised floor of " + floor.cosine(),
            "threshold",
            "raise it, or leave it out for the derived one",
            null);
      }
      return Threshold.at(calibration, galleryEntries, byHand);
    }
    try {
      return Threshold.derive(calibration, galleryEntries, falseAlertsPerThousandFaces, floor);
    } catch (UnsupportedRateException e) {
      throw new AgentException(
          String.valueOf(e.getMessage()),
          "model pack " + pack.name(),
          "shorten the list, authorise more false alerts, or calibrate on more people",
          e);
    }
  }

  /**
   * The calibration that a threshold is derived from.
   *
   * @param population null for the pack's first
   * @throws AgentException if the pack was not calibrated on the population
   */
  public static Calibration calibration(ModelPack pack, @Nullable String population)
      throws AgentException {
    for (Calibration each : pack.calibrations()) {
      if (population == null || each.population().equals(population)) {
        return each;
      }
    }
    if (population == null) {
      return new Calibration("nobody", 0, List.of());
    }
    throw new AgentException(
        "there is no calibration on '" + population + "'",
        "model pack " + pack.name(),
        "it has: " + pack.calibrations().stream().map(Calibration::population).toList(),
        null);
  }
}
