package org.sightline.edge.match;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much templates resemble a list in general, so that this can be taken off their similarity to
 * one of its entries. The list itself is the cohort: nobody else's template is needed.
 *
 * <p>The nearness of a template is the mean of its cosines with the nearest 4 % of the cohort,
 * itself and the candidate left out. A similarity is the cosine less half of what the nearness of
 * the entry and half of what that of the probe have above the mean nearness of the entries: that of
 * an average probe and an average entry is their cosine. This is adaptive symmetric score
 * normalisation by means alone (Matějka et al., 2017), and what cross-domain similarity local
 * scaling does against hubs (Conneau et al., 2018).
 *
 * <p>Thread-safe until it is wiped.
 */
final class ListNormalisation {
  /** Of a shorter list the nearest few say too little; measured, see docs/accuracy.md. */
  static final int LEAST_ENTRIES = 300;

  /** More entries than these tell no more, and cost time. */
  private static final int MOST_IN_COHORT = 1000;

  /** The nearest of so many count. */
  private static final int ONE_OF = 25;

  /** Entries that are compared with the cohort together. */
  private static final int AT_ONCE = 16;

  /** Cosine of a template with itself, rounding allowed for. */
  private static final float ITSELF = 1;

  private final TemplateMatrix cohort;
  private final int cohortSize;
  private final int nearest;

  /** For each row of the list half of its nearness above the mean. */
  private final float[] offsets;

  private final double meanNearness;

  /** Reckons how much each of the first rows resembles the others. */
  ListNormalisation(TemplateMatrix rows, int size) {
    cohortSize = Math.min(size, MOST_IN_COHORT);
    nearest = Math.max(1, cohortSize / ONE_OF);
    cohort = new TemplateMatrix(cohortSize, rows.width());
    float[] unit = new float[rows.width()];
    for (int i = 0; i < cohortSize; i++) {
      rows.get(row(i, size), unit);
      cohort.put(i, unit);
    }
    Arrays.fill(unit, 0);
    double[] nearnesses = new double[size];
    IntStream.range(0, (size + AT_ONCE - 1) / AT_ONCE)
        .parallel()
        .forEach(
            block -> {
              int first = block * AT_ONCE;
              float[][] own = new float[Math.min(AT_ONCE, size - first)][rows.width()];
              for (int i = 0; i < own.length; i++) {
                rows.get(first + i, own[i]);
              }
              List<Nearness> found = nearness(own);
              for (int i = 0; i < own.length; i++) {
                nearnesses[first + i] = found.get(i).without(isInCohort(first + i, size), ITSELF);
                Arrays.fill(own[i], 0);
              }
            });
    meanNearness = Arrays.stream(nearnesses).average().orElse(0);
    offsets = new float[size];
    for (int row = 0; row < size; row++) {
      offsets[row] = (float) ((nearnesses[row] - meanNearness) / 2);
    }
  }

  /** The row of the list that is the i-th of the cohort: they are spread over the whole list. */
  private int row(int i, int size) {
    return (int) ((long) i * size / cohortSize);
  }

  private boolean isInCohort(int row, int size) {
    int next = (int) (((long) row * cohortSize + size - 1) / size);
    return next < cohortSize && row(next, size) == row;
  }

  /** What is taken off each row's cosine, the probe's part left out. */
  float[] offsets() {
    return offsets;
  }

  /**
   * The similarity of a probe to a row.
   *
   * @param nearness of the probe
   * @param cosine of probe and row
   */
  double similarity(Nearness nearness, int row, float cosine) {
    double own = nearness.without(isInCohort(row, offsets.length), cosine);
    return cosine - offsets[row] - (own - meanNearness) / 2;
  }

  /**
   * Compares templates with the cohort.
   *
   * @param units the templates, filled up to the matrix's width
   */
  List<Nearness> nearness(float[][] units) {
    return Arrays.stream(cohort.cosines(units, cohortSize)).map(this::nearnessOf).toList();
  }

  /** Finds the nearest and the next, smallest first; few of a cohort get among them. */
  private Nearness nearnessOf(float[] cosines) {
    float[] most = new float[nearest + 1];
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    for (float cosine : cosines) {
      if (cosine > most[0]) {
        int place = 0;
        while (place < nearest && cosine > most[place + 1]) {
          most[place] = most[place + 1];
          place++;
        }
        most[place] = cosine;
      }
    }
    double sum = 0;
    for (int i = 1; i <= nearest; i++) {
      sum += most[i];
    }
    Nearness found = new Nearness(nearest, sum, most[1], most[0]);
    Arrays.fill(cosines, 0);
    Arrays.fill(most, 0);
    return found;
  }

  /**
   * Of one template to the cohort.
   *
   * @param count how many of the cohort are counted as nearest
   * @param sum of their cosines
   * @param least of them
   * @param next cosine of the first that is not counted
   */
  record Nearness(int count, double sum, float least, float next) {
    /** The mean, with one of the cohort left out. */
    double without(boolean inCohort, float cosine) {
      return (inCohort && cosine >= least ? sum - cosine + next : sum) / count;
    }
  }

  /** What is held of the list, for the proof that it is wiped. */
  ByteBuffer memory() {
    return cohort.memory();
  }

  void wipe() {
    cohort.wipe();
    Arrays.fill(offsets, 0);
  }
}
