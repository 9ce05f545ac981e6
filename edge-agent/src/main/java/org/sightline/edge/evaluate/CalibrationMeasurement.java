package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.PictureException;

/**
 * A calibration and what it rests on. Every picture of a subject is compared with every picture of
 * every other; each pair of subjects weighs the same however many pictures they have, so that a
 * rate is the chance that a random picture of a random subject reaches a random picture of another.
 * The table ends where fewer than {@value #LEAST_SUPPORT} pairs of subjects support a rate.
 *
 * @param failuresToAcquire pictures in which no face was found; left out
 * @param rows the support of each point of the calibration
 * @param nearest the pairs of subjects whose pictures came nearest to each other, nearest first: to
 *     be looked at, because one person under two names is no false match
 */
public record CalibrationMeasurement(
    int subjects,
    int pictures,
    int failuresToAcquire,
    long pairsOfSubjects,
    Calibration calibration,
    List<Row> rows,
    List<Near> nearest) {
  private static final int LEAST_SUPPORT = 10;
  private static final int NEAREST_SHOWN = 30;
  private static final int STEPS_PER_UNIT = 10_000;

  public CalibrationMeasurement {
    rows = List.copyOf(rows);
    nearest = List.copyOf(nearest);
  }

  /**
   * One row of the table.
   *
   * @param comparisons of pictures that reached the similarity
   * @param pairsOfSubjects that had such a comparison
   */
  public record Row(
      double similarity, double falseMatchRate, long comparisons, long pairsOfSubjects) {}

  /** Two subjects and the highest similarity between any of their pictures. */
  public record Near(String subject, String other, double similarity) {}

  /** A subject's templates. */
  public record Subject(String name, List<Template> templates) {
    public Subject {
      templates = List.copyOf(templates);
    }
  }

  /**
   * Reads a test set and compares its subjects.
   *
   * @param population what the calibration is called
   * @throws PictureException if a picture cannot be read
   * @throws EvaluationException if there are too few subjects for any rate
   */
  public static CalibrationMeasurement measure(
      String population, SubjectFolders folders, FaceReader reader, Progress progress)
      throws PictureException, EvaluationException {
    List<Subject> subjects = new ArrayList<>();
    int total = folders.pictureCount();
    int done = 0;
    int failures = 0;
    for (Map.Entry<String, List<Path>> subject : folders.subjects().entrySet()) {
      List<Template> templates = new ArrayList<>();
      for (Path picture : subject.getValue()) {
        Optional<Template> template = reader.read(picture);
        template.ifPresent(templates::add);
        failures += template.isPresent() ? 0 : 1;
        progress.done(++done, total);
      }
      if (!templates.isEmpty()) {
        subjects.add(new Subject(subject.getKey(), templates));
      }
    }
    CalibrationMeasurement measurement = of(population, subjects, failures);
    subjects.forEach(subject -> subject.templates().forEach(Template::close));
    return measurement;
  }

  /**
   * Compares subjects that were read already.
   *
   * @throws EvaluationException if there are too few subjects for any rate
   */
  public static CalibrationMeasurement of(
      String population, List<Subject> subjects, int failuresToAcquire) throws EvaluationException {
    Histogram histogram = new Histogram();
    PriorityQueue<Near> nearest = new PriorityQueue<>(Comparator.comparingDouble(Near::similarity));
    for (int a = 0; a < subjects.size(); a++) {
      for (int b = a + 1; b < subjects.size(); b++) {
        double highest = histogram.add(subjects.get(a).templates(), subjects.get(b).templates());
        nearest.add(new Near(subjects.get(a).name(), subjects.get(b).name(), highest));
        if (nearest.size() > NEAREST_SHOWN) {
          nearest.remove();
        }
      }
    }
    List<Row> rows = histogram.rows();
    if (rows.isEmpty()) {
      throw new EvaluationException(
          "too few subjects for a calibration",
          population,
          "give more: a rate needs " + LEAST_SUPPORT + " pairs of subjects that reach it",
          null);
    }
    return new CalibrationMeasurement(
        subjects.size(),
        subjects.stream().mapToInt(subject -> subject.templates().size()).sum(),
        failuresToAcquire,
        histogram.pairCount,
        new Calibration(
            population,
            histogram.comparisonCount,
            rows.stream()
                .map(row -> new Calibration.Point(row.similarity(), row.falseMatchRate()))
                .toList()),
        rows,
        nearest.stream().sorted(Comparator.comparingDouble(Near::similarity).reversed()).toList());
  }

  /** Similarities in steps, counted by comparison and by pair of subjects. */
  private static final class Histogram {
    private final double[] weights = new double[2 * STEPS_PER_UNIT + 1];
    private final long[] comparisons = new long[weights.length];
    private final long[] pairs = new long[weights.length];
    private long comparisonCount;
    private long pairCount;

    /** Counts one pair of subjects and returns the highest similarity between them. */
    double add(List<Template> some, List<Template> others) {
      double weight = 1.0 / some.size() / others.size();
      double highest = -1;
      for (Template one : some) {
        for (Template other : others) {
          double cosine = one.similarityTo(other).cosine();
          highest = Math.max(highest, cosine);
          weights[step(cosine)] += weight;
          comparisons[step(cosine)]++;
        }
      }
      pairs[step(highest)]++;
      comparisonCount += (long) some.size() * others.size();
      pairCount++;
      return highest;
    }

    private static int step(double cosine) {
      return (int) Math.floor((cosine + 1) * STEPS_PER_UNIT);
    }

    /** For rates 1, 5, 2, 1 of each decade the lowest similarity with at most that rate. */
    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      double weight = 0;
      long reached = 0;
      long pairsReached = 0;
      // From above, so that the rarest similarities are added first and lose no precision.
      List<Row> steps = new ArrayList<>();
      for (int step = weights.length - 1; step >= 0; step--) {
        weight += weights[step];
        reached += comparisons[step];
        pairsReached += pairs[step];
        double similarity = (double) (step - STEPS_PER_UNIT) / STEPS_PER_UNIT;
        steps.add(new Row(similarity, weight / pairCount, reached, pairsReached));
      }
      for (double decade = 0.1; decade > 1e-9; decade /= 10) {
        for (double part : new double[] {1, 0.5, 0.2}) {
          lowestAt(decade * part, steps)
              .filter(row -> rows.isEmpty() || row.similarity() > last(rows).similarity())
              .ifPresent(rows::add);
        }
      }
      return rows;
    }

    private static Row last(List<Row> rows) {
      return rows.get(rows.size() - 1);
    }

    private static Optional<Row> lowestAt(double rate, List<Row> fallingSteps) {
      Row lowest = null;
      for (Row row : fallingSteps) {
        if (row.falseMatchRate() > rate) {
          break;
        }
        lowest = row;
      }
      return Optional.ofNullable(lowest).filter(row -> row.pairsOfSubjects() >= LEAST_SUPPORT);
    }
  }
}
