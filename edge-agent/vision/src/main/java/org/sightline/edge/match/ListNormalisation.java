package org.sightline.edge.match;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ListScale;

/**
 * How much templates resemble a list in general, so that this can be taken off their similarity to
 * one of its entries. The list itself is the cohort: nobody else's template is needed.
 *
 * <p>The nearness of a template is the mean of its cosines with the nearest 4 % of the cohort; left
 * out are, of an entry, itself and its look-alikes, and of a probe, the candidate and those of the
 * candidate: somebody who is listed twice says nothing about the list in general. A similarity is
 * the cosine less half of what the nearness of the entry and half of what that of the probe have
 * above the mean nearness of the pack's calibration: that of an average probe and an average entry
 * of a list of different people is their cosine. It never lies above the cosine by more than the
 * calibration allows. This is adaptive symmetric score normalisation by means alone (Matějka et
 * al., 2017), and what cross-domain similarity local scaling does against hubs (Conneau et al.,
 * 2018), with a zero that the list cannot move.
 *
 * <p>Thread-safe until it is wiped.
 */
public final class ListNormalisation {
  /** Of a shorter list the nearest few say too little; measured, see docs/accuracy.md. */
  static final int LEAST_ENTRIES = 300;

  /** More entries than these add nothing, and cost time. */
  private static final int MOST_IN_COHORT = 1000;

  /** The nearest of so many count. */
  private static final int ONE_OF = 25;

  /** Entries that are compared with the cohort together. */
  private static final int AT_ONCE = 16;

  private static final int NOBODY = -1;

  private final ListScale scale;
  private final TemplateMatrix cohort;
  private final int cohortSize;
  private final int nearest;

  /** For each row of the list half of its nearness above the calibration's mean. */
  private final float[] offsets;

  /** For each row its place in the cohort; {@value #NOBODY} if it has none. */
  private final int[] places;

  /** For each row the places in the cohort of itself and its look-alikes; null if it has none. */
  private final @Nullable BitSet[] lookAlikes;

  private final double meanNearness;

  /**
   * How much the subjects of a list resemble each other in general.
   *
   * @param units a unit vector for each subject, all of the dimension
   * @return empty if there are too few of them for a normalisation by the list
   */
  public static OptionalDouble meanNearness(List<float[]> units, int dimension, ListScale scale) {
    if (units.size() < LEAST_ENTRIES) {
      return OptionalDouble.empty();
    }
    TemplateMatrix rows = new TemplateMatrix(units.size(), dimension);
    for (int row = 0; row < units.size(); row++) {
      rows.put(row, units.get(row));
    }
    ListNormalisation normalisation = new ListNormalisation(rows, units.size(), scale);
    double nearness = normalisation.meanNearness();
    normalisation.wipe();
    rows.wipe();
    return OptionalDouble.of(nearness);
  }

  /** Measures how much each of the first rows resembles the others. */
  ListNormalisation(TemplateMatrix rows, int size, ListScale scale) {
    this.scale = scale;
    cohortSize = Math.min(size, MOST_IN_COHORT);
    nearest = Math.max(1, cohortSize / ONE_OF);
    cohort = new TemplateMatrix(cohortSize, rows.width());
    places = new int[size];
    Arrays.fill(places, NOBODY);
    float[] unit = new float[rows.width()];
    for (int i = 0; i < cohortSize; i++) {
      // Spread over the whole list.
      int row = (int) ((long) i * size / cohortSize);
      rows.get(row, unit);
      cohort.put(i, unit);
      places[row] = i;
    }
    Arrays.fill(unit, 0);
    lookAlikes = new BitSet[size];
    double[] nearnesses = new double[size];
    IntStream.range(0, (size + AT_ONCE - 1) / AT_ONCE)
        .parallel()
        .forEach(block -> measure(rows, block * AT_ONCE, nearnesses));
    meanNearness = Arrays.stream(nearnesses).average().orElse(0);
    offsets = new float[size];
    for (int row = 0; row < size; row++) {
      offsets[row] = (float) ((nearnesses[row] - scale.meanNearness()) / 2);
    }
  }

  private void measure(TemplateMatrix rows, int first, double[] nearnesses) {
    float[][] own = new float[Math.min(AT_ONCE, nearnesses.length - first)][rows.width()];
    for (int i = 0; i < own.length; i++) {
      rows.get(first + i, own[i]);
    }
    List<Nearness> found = nearness(own);
    for (int i = 0; i < own.length; i++) {
      int row = first + i;
      try (Nearness nearness = found.get(i)) {
        BitSet alike = nearness.reaching((float) scale.lookAlikesFrom());
        if (places[row] != NOBODY) {
          alike.set(places[row]);
        }
        boolean others = alike.cardinality() > (places[row] == NOBODY ? 0 : 1);
        lookAlikes[row] = others ? alike : null;
        nearnesses[row] = mean(nearness, row);
      }
      Arrays.fill(own[i], 0);
    }
  }

  /** What is taken off each row's cosine, the probe's part left out. */
  float[] offsets() {
    return offsets;
  }

  /** Of the entries to each other, their look-alikes left out. */
  double meanNearness() {
    return meanNearness;
  }

  /**
   * The similarity of a probe to a row.
   *
   * @param nearness of the probe
   * @param cosine of probe and row
   */
  double similarity(Nearness nearness, int row, float cosine) {
    double taken = offsets[row] + (mean(nearness, row) - scale.meanNearness()) / 2;
    return cosine - Math.max(taken, -scale.mostRaised());
  }

  /** The nearness, with a row of the list and its look-alikes left out. */
  private double mean(Nearness nearness, int row) {
    BitSet alike = lookAlikes[row];
    if (alike != null) {
      return nearness.without(alike, scale.meanNearness());
    }
    return places[row] == NOBODY ? nearness.mean() : nearness.without(places[row]);
  }

  /**
   * Compares templates with the cohort.
   *
   * @param units the templates, filled up to the matrix's width
   * @return to be closed by the caller
   */
  List<Nearness> nearness(float[][] units) {
    return Arrays.stream(cohort.cosines(units, cohortSize))
        .map(cosines -> new Nearness(cosines, nearest))
        .toList();
  }

  /** Of one template to the cohort. Closing wipes it. */
  static final class Nearness implements AutoCloseable {
    private final float[] cosines;
    private final int count;

    /** The highest cosines, one more than are counted; the smallest, which is not, first. */
    private final float[] most;

    private final double sum;

    /**
     * @param count how many of the cohort are counted as nearest
     */
    private Nearness(float[] cosines, int count) {
      this.cosines = cosines;
      this.count = count;
      this.most = highest(cosines, count + 1);
      double counted = 0;
      for (int i = 1; i <= count; i++) {
        counted += most[i];
      }
      this.sum = counted;
    }

    /** Selects the highest, smallest first; few of a cohort get among them. */
    private static float[] highest(float[] cosines, int count) {
      float[] most = new float[count];
      Arrays.fill(most, Float.NEGATIVE_INFINITY);
      for (float cosine : cosines) {
        if (cosine > most[0]) {
          int place = 0;
          while (place < count - 1 && cosine > most[place + 1]) {
            most[place] = most[place + 1];
            place++;
          }
          most[place] = cosine;
        }
      }
      return most;
    }

    double mean() {
      return sum / count;
    }

    /** With one of the cohort left out. */
    double without(int place) {
      float cosine = cosines[place];
      return (cosine >= most[1] ? sum - cosine + most[0] : sum) / count;
    }

    /**
     * With several of the cohort left out.
     *
     * @param ofNobody what it is if nobody is left
     */
    double without(BitSet places, double ofNobody) {
      boolean counted = places.stream().anyMatch(place -> cosines[place] >= most[1]);
      if (!counted) {
        return mean();
      }
      float[] left = cosines.clone();
      places.stream().forEach(place -> left[place] = Float.NEGATIVE_INFINITY);
      float[] highest = highest(left, count);
      double rest = 0;
      int found = 0;
      for (float cosine : highest) {
        if (cosine > Float.NEGATIVE_INFINITY) {
          rest += cosine;
          found++;
        }
      }
      Arrays.fill(left, 0);
      Arrays.fill(highest, 0);
      return found == 0 ? ofNobody : rest / found;
    }

    private BitSet reaching(float cosine) {
      BitSet places = new BitSet();
      for (int i = 0; i < cosines.length; i++) {
        if (cosines[i] >= cosine) {
          places.set(i);
        }
      }
      return places;
    }

    @Override
    public void close() {
      Arrays.fill(cosines, 0);
      Arrays.fill(most, 0);
    }
  }

  /** What is held of the list, for the proof that it is wiped. */
  ByteBuffer memory() {
    return cohort.memory();
  }

  /** Wipes what is held of a row; the others are measured as they were. */
  void wipe(int row) {
    if (places[row] != NOBODY) {
      cohort.wipe(places[row]);
    }
  }

  void wipe() {
    cohort.wipe();
    Arrays.fill(offsets, 0);
    Arrays.fill(places, NOBODY);
    Arrays.fill(lookAlikes, null);
  }
}
