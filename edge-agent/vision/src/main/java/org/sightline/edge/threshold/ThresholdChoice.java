package org.sightline.edge.threshold;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.match.Threshold.UnsupportedRateException;
import org.sightline.edge.models.ModelPack;

/**
 * The threshold of a deployment: the highest of the one derived from the authorised rate, the
 * authorised floor and the one set by hand. A model pack without a calibration has no derived one.
 */
public final class ThresholdChoice {
  private static final String NOBODY = "nobody";

  private ThresholdChoice() {}

  /**
   * Chooses.
   *
   * @param calibration that counts, of the model pack
   * @param byHand null for none; it can raise the threshold and never lower it
   * @param galleryEntries listed subjects
   */
  public static Threshold of(
      Calibration calibration,
      String modelPack,
      @Nullable Similarity byHand,
      int galleryEntries,
      double falseAlertsPerThousandFaces,
      Similarity floor)
      throws SightlineException {
    if (byHand != null && !byHand.reaches(floor)) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the threshold of the settings lies below the authorised floor of " + floor.cosine(),
          "threshold",
          "raise it, or leave it out for the derived one");
    }
    if (byHand != null && calibration.points().size() < 2) {
      return Threshold.at(calibration, galleryEntries, byHand);
    }
    try {
      Threshold derived =
          Threshold.derive(calibration, galleryEntries, falseAlertsPerThousandFaces, floor);
      return byHand == null || derived.similarity().reaches(byHand)
          ? derived
          : Threshold.at(calibration, galleryEntries, byHand);
    } catch (UnsupportedRateException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          String.valueOf(e.getMessage()),
          "model pack " + modelPack,
          "shorten the list, authorise more false alerts, or calibrate on more people",
          e);
    }
  }

  /**
   * Which of them a chosen one is, in the words of the public record.
   *
   * @param byHand null for none
   * @param galleryEntries listed subjects
   */
  public static String reason(
      Similarity chosen, @Nullable Similarity byHand, int galleryEntries, Similarity floor) {
    if (chosen.equals(byHand)) {
      return "set by hand";
    }
    return chosen.equals(floor)
        ? "the authorised floor"
        : "derived for %d %s".formatted(galleryEntries, galleryEntries == 1 ? "entry" : "entries");
  }

  /**
   * The calibration that a threshold is derived from.
   *
   * @param population null for the pack's first
   * @param scoring how the similarities are computed that it is compared with
   * @throws SightlineException if the pack was not calibrated on the population
   */
  public static Calibration calibration(
      ModelPack pack, @Nullable String population, Scoring scoring) throws SightlineException {
    String wanted = population == null ? first(pack) : population;
    for (Calibration each : pack.calibrations()) {
      if (each.population().equals(wanted) && each.scoring() == scoring) {
        return each;
      }
    }
    if (population == null) {
      return Calibration.none(scoring);
    }
    throw new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "there is no calibration on '" + population + "'",
        "model pack " + pack.name(),
        "it has: " + pack.calibrations().stream().map(Calibration::population).toList());
  }

  /**
   * Whether the pack has a calibration of its own and the settings leave it at that.
   *
   * @param population that the settings choose; null for none
   */
  public static boolean isOwn(ModelPack pack, @Nullable String population) {
    return !pack.calibrations().isEmpty() && (population == null || population.equals(first(pack)));
  }

  private static String first(ModelPack pack) {
    return pack.calibrations().isEmpty() ? NOBODY : pack.calibrations().get(0).population();
  }

  /**
   * How similarities are best computed: normalised by the list, if it is long enough and the pack
   * was calibrated so.
   *
   * @param population null for the pack's first
   * @param entries listed subjects
   */
  public static Scoring scoring(ModelPack pack, @Nullable String population, int entries) {
    return scale(pack, population) == null
        ? Scoring.COSINE
        : Gallery.scoringFor(Scoring.LIST_NORMALISED, entries);
  }

  /**
   * What an expected rate of false alerts does not say, as a clause to stand beside it.
   *
   * @param scoring how the similarities are computed that the rate holds for
   */
  public static String notPromised(Scoring scoring) {
    return "nothing is promised of a list and a street of people who resemble each other, as of one"
        + " group"
        + switch (scoring) {
          case COSINE -> ": on lists this short four to six times as many were measured";
          case LIST_NORMALISED -> "";
        };
  }

  /**
   * What similarities are normalised by.
   *
   * @param population null for the pack's first
   * @return null if the pack was not calibrated so
   */
  public static @Nullable ListScale scale(ModelPack pack, @Nullable String population) {
    String wanted = population == null ? first(pack) : population;
    return pack.calibrations().stream()
        .filter(each -> each.population().equals(wanted))
        .map(Calibration::list)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
