package org.sightline.edge.enrol;

import static org.sightline.edge.match.TemplateMatrix.PANEL_ROWS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.ListNormalisation;
import org.sightline.edge.match.TemplateMatrix;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.match.Threshold.UnsupportedRateException;

/**
 * Finds the subjects of one list that are more alike than different people are: the same person
 * under two references, or the same picture. Every subject is compared with every other, as the
 * gallery would have them. One thread at a time; copies templates, which {@link #close()} wipes.
 */
public final class LookAlikes implements AutoCloseable {
  /**
   * Similarity by chance is shared by at most one subject in so many, and by one pair of a list.
   */
  private static final double SUBJECTS_PER_CHANCE = 1000;

  /** Of all strangers so many resemble somebody as much as counts for a generic entry. */
  private static final double STRANGERS_ALIKE = 0.01;

  /**
   * A generic entry is resembled by so many times as many as usual, and by a few at least. Of 752
   * press pictures 1 in 200 is; the mean of all their templates is by five times as many.
   */
  private static final double TIMES_USUAL = 3;

  private static final int LEAST_RESEMBLING = 10;

  private final String modelPack;
  private final int dimension;
  private final List<SubjectRef> subjects = new ArrayList<>();
  private final List<float[]> units = new ArrayList<>();

  /** Compares subjects listed by templates of one pack. */
  public LookAlikes(String modelPack, int dimension) {
    this.modelPack = modelPack;
    this.dimension = dimension;
  }

  /** Two subjects, in the order of the list. */
  public record Pair(SubjectRef a, SubjectRef b, Similarity similarity) {}

  /**
   * The pairs that reach a similarity.
   *
   * @param count all of them
   * @param nearest the most alike, most alike first
   */
  public record Found(long count, List<Pair> nearest) {
    public Found {
      nearest = List.copyOf(nearest);
    }
  }

  /**
   * The similarity that chance no longer explains: on a list of different people, fewer than one
   * subject in a thousand and fewer than one pair of the list are expected to reach it. On a list
   * too long for the calibration to say, it is the strictest that the calibration supports.
   *
   * @return empty if there is no calibration, or nobody to compare with
   */
  public static Optional<Similarity> threshold(Calibration calibration, int subjects) {
    if (calibration.points().size() < 2 || subjects < 2) {
      return Optional.empty();
    }
    // Each subject is searched among the others, and a pair is found from both of its ends.
    double perThousandSubjects = Math.min(1000 / SUBJECTS_PER_CHANCE, 2000.0 / (subjects - 1));
    try {
      return Optional.of(
          Threshold.derive(
                  calibration.ofComparisons(), subjects, perThousandSubjects, new Similarity(-1))
              .similarity());
    } catch (UnsupportedRateException tooLong) {
      return Optional.of(Threshold.strictest(calibration));
    }
  }

  /**
   * Adds a subject.
   *
   * @throws IllegalArgumentException if a template is of another pack or dimension
   */
  public void add(WatchlistEntry entry) {
    try (Template fused = Gallery.fused(modelPack, dimension, entry.templates())) {
      float[] unit = new float[dimension];
      fused.copyTo(unit, 0);
      subjects.add(entry.subject());
      units.add(unit);
    }
  }

  /**
   * Compares all subjects, on all cores.
   *
   * @param most pairs reported; the least alike of more are only counted
   */
  public Found reaching(Similarity threshold, int most) {
    Nearest nearest = new Nearest(most);
    compareAll(threshold.cosine(), nearest::add);
    return nearest.found(subjects);
  }

  /**
   * A subject that many others resemble: a picture that shows what many faces share more than what
   * one has alone, and so a source of false alerts.
   *
   * @param resembledBy others of the list that resemble it as one in a hundred strangers do
   */
  public record Generic(SubjectRef subject, int resembledBy) {}

  /**
   * The subjects that far more others resemble than is usual, by the calibration and on this list.
   *
   * @return those that most others resemble first; empty if there is no calibration
   */
  public List<Generic> generic(Calibration calibration) {
    Optional<Calibration.Point> point =
        calibration.points().stream()
            .filter(each -> each.falseMatchRate() <= STRANGERS_ALIKE)
            .findFirst();
    if (point.isEmpty() || units.size() < 2) {
      return List.of();
    }
    AtomicIntegerArray resembledBy = new AtomicIntegerArray(units.size());
    compareAll(
        point.get().similarity(),
        (a, b, cosine) -> {
          resembledBy.incrementAndGet(a);
          resembledBy.incrementAndGet(b);
        });
    double here = IntStream.range(0, units.size()).map(resembledBy::get).average().orElse(0);
    double usual = Math.max(here, point.get().falseMatchRate() * (units.size() - 1));
    double least = Math.max(LEAST_RESEMBLING, TIMES_USUAL * usual);
    return IntStream.range(0, units.size())
        .filter(row -> resembledBy.get(row) >= least)
        .mapToObj(row -> new Generic(subjects.get(row), resembledBy.get(row)))
        .sorted(Comparator.comparingInt(Generic::resembledBy).reversed())
        .toList();
  }

  /**
   * How much the subjects resemble each other in general, as {@link Gallery#meanNearness()}.
   *
   * @return empty if there are too few of them for a normalisation by the list
   */
  public OptionalDouble meanNearness(ListScale scale) {
    return ListNormalisation.meanNearness(units, dimension, scale);
  }

  /** Takes a pair by its places on the list, on any thread. */
  private interface PairSink {
    void accept(int a, int b, float cosine);
  }

  private void compareAll(double threshold, PairSink reaching) {
    TemplateMatrix rows = new TemplateMatrix(units.size(), dimension);
    try {
      for (int row = 0; row < units.size(); row++) {
        rows.put(row, units.get(row));
      }
      int panels = (units.size() + PANEL_ROWS - 1) / PANEL_ROWS;
      IntStream.range(0, panels)
          .parallel()
          .forEach(panel -> compare(rows, panel * PANEL_ROWS, (float) threshold, reaching));
    } finally {
      rows.wipe();
    }
  }

  /** Compares the subjects of a panel with those after them on the list. */
  private void compare(TemplateMatrix rows, int first, float threshold, PairSink reaching) {
    int end = Math.min(first + PANEL_ROWS, units.size());
    float[][] probes = new float[end - first][];
    for (int probe = 0; probe < probes.length; probe++) {
      probes[probe] = Arrays.copyOf(units.get(first + probe), rows.width());
    }
    rows.compare(
        probes,
        first,
        units.size(),
        (probe, firstRow, cosines) -> {
          int a = first + probe;
          int last = Math.min(firstRow + PANEL_ROWS, units.size());
          for (int b = Math.max(firstRow, a + 1); b < last; b++) {
            if (cosines[b - firstRow] >= threshold) {
              reaching.accept(a, b, cosines[b - firstRow]);
            }
          }
        });
    for (float[] probe : probes) {
      Arrays.fill(probe, 0);
    }
  }

  @Override
  public void close() {
    units.forEach(unit -> Arrays.fill(unit, 0));
    units.clear();
    subjects.clear();
  }

  /** The most alike pairs; for many threads. */
  private static final class Nearest {
    private final int most;
    private final PriorityQueue<Indices> pairs = new PriorityQueue<>(Indices.LEAST_ALIKE_FIRST);
    private long count;

    /** A pair by its places on the list. */
    private record Indices(int a, int b, float cosine) {
      static final Comparator<Indices> LEAST_ALIKE_FIRST =
          Comparator.comparingDouble(Indices::cosine)
              .thenComparing(Comparator.comparingInt(Indices::a).reversed())
              .thenComparing(Comparator.comparingInt(Indices::b).reversed());
    }

    Nearest(int most) {
      this.most = most;
    }

    synchronized void add(int a, int b, float cosine) {
      count++;
      pairs.add(new Indices(a, b, cosine));
      if (pairs.size() > most) {
        pairs.remove();
      }
    }

    synchronized Found found(List<SubjectRef> subjects) {
      return new Found(
          count,
          pairs.stream()
              .sorted(Indices.LEAST_ALIKE_FIRST.reversed())
              .map(
                  pair ->
                      new Pair(
                          subjects.get(pair.a()),
                          subjects.get(pair.b()),
                          Similarity.clamped(pair.cosine())))
              .toList());
    }
  }
}
