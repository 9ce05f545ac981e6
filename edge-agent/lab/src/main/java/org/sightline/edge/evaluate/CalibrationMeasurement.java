package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.PassFactor;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.evaluate.FalseMatchTable.Row;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.match.Threshold.UnsupportedRateException;
import org.sightline.edge.models.InstalledPack;

/**
 * Calibrations of one population and what they rest on.
 *
 * <p>By cosine, every picture of a subject is compared with every picture of every other; each pair
 * of subjects weighs the same however many pictures they have, so that a rate is the chance that a
 * random picture of a random subject reaches a random picture of another. Normalised by the list,
 * which needs one, subjects are drawn {@value #LISTS} times as a list of {@value #LISTED}, one
 * picture each, and a picture of each of the others is compared with it.
 *
 * @param failuresToAcquire pictures in which no face was found; left out
 * @param heldBack what the cosine's table of one half of the subjects predicts of the other half,
 *     beyond what that half itself measured
 * @param tables one for each scoring that the number of subjects allows
 * @param nearest the pairs of subjects whose pictures came nearest to each other, nearest first: to
 *     be looked at, because one person under two names is no false match
 */
public record CalibrationMeasurement(
    int subjects,
    int pictures,
    int failuresToAcquire,
    List<Table> tables,
    List<HeldBack> heldBack,
    List<Near> nearest) {
  private static final int NEAREST_SHOWN = 30;
  private static final int LISTS = 20;
  private static final int LISTED = 500;
  private static final String CATEGORY = "test";

  /** False match rate by cosine from which two entries are look-alikes. */
  private static final double LOOK_ALIKES_RATE = 1e-6;

  /**
   * How far a similarity may lie above the cosine: costs 0.3 % of the hits on lists of different
   * people, and bounds what a list can do that was made to raise everybody's similarity.
   */
  private static final double MOST_RAISED = 0.02;

  /** Predictions of fewer pairs than this cannot be wrong. */
  private static final double LEAST_PREDICTED = 0.2;

  private static final double TAIL = 0.025;

  public CalibrationMeasurement {
    tables = List.copyOf(tables);
    heldBack = List.copyOf(heldBack);
    nearest = List.copyOf(nearest);
  }

  /**
   * A calibration, with the support of each of its points.
   *
   * @param support in the order of the points
   */
  public record Table(Calibration calibration, List<Support> support) {
    public Table {
      support = List.copyOf(support);
    }

    private static Table of(Calibration empty, FalseMatchTable table, FoundShares found) {
      List<Row> rows = table.rows();
      return new Table(
          new Calibration(
              empty.population(),
              empty.scoring(),
              empty.list(),
              empty.pass(),
              table.comparisons(),
              rows.stream().map(Row::point).toList(),
              found.rows()),
          rows.stream()
              .filter(row -> row.point().measured())
              .map(
                  row ->
                      new Support(
                          row.point().similarity(), row.comparisons(), row.pairsOfSubjects()))
              .toList());
    }
  }

  /**
   * A rate that was predicted from one half of the subjects, and what the other half shows.
   *
   * @param predictedPairs of subjects of the other half that reach the similarity
   * @param lower95 lower end of the prediction: 2.5 % quantile of a Poisson count
   * @param upper95 its upper end: 97.5 % quantile
   * @param pairs that do; a pair whose pictures reach it in part counts in part
   * @param inside whether that is as predicted
   */
  public record HeldBack(
      double similarity,
      double predictedPairs,
      int lower95,
      int upper95,
      double pairs,
      boolean inside) {}

  /**
   * What a measured point rests on.
   *
   * @param comparisons of pictures that reached the similarity
   * @param pairsOfSubjects that had such a comparison
   */
  public record Support(double similarity, long comparisons, long pairsOfSubjects) {}

  /** Two subjects and the highest cosine between any of their pictures. */
  public record Near(String subject, String other, double similarity) {}

  /** A subject's templates. */
  public record Subject(String name, List<Template> templates) {
    public Subject {
      templates = List.copyOf(templates);
    }
  }

  /** Measures what a pass amounts to; empty if that must not be measured, or cannot be. */
  public interface Passes {
    Optional<PassFactor> measure(List<Subject> population)
        throws SightlineException, InterruptedException;
  }

  /**
   * Reads a test set and compares its subjects.
   *
   * @param population what the calibrations are called
   * @param passes what a pass amounts to, asked with all subjects
   * @throws SightlineException if a picture or clip cannot be read, or there are too few subjects
   *     for any rate
   */
  public static CalibrationMeasurement measure(
      String population,
      SubjectFolders folders,
      FaceReader reader,
      Passes passes,
      Progress progress)
      throws SightlineException, InterruptedException {
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
    CalibrationMeasurement measurement =
        of(population, subjects, passes.measure(subjects).orElse(null), failures);
    subjects.forEach(subject -> subject.templates().forEach(Template::close));
    return measurement;
  }

  /**
   * Measures what a pass amounts to.
   *
   * @param clips in which nobody of the population walks by
   * @return empty if too few pairs of a pass and a person are near each other
   */
  public static Optional<PassFactor> passFactor(
      InstalledPack pack, Compute compute, List<Path> clips, List<Subject> population)
      throws SightlineException, InterruptedException {
    try (PassMeasurement measurement = PassMeasurement.open(pack, compute)) {
      return measurement.measure(clips, population);
    }
  }

  /**
   * Compares subjects that were read already.
   *
   * @param pass what a pass amounts to; null if that was not measured
   * @throws SightlineException if there are too few subjects for any rate
   */
  public static CalibrationMeasurement of(
      String population, List<Subject> subjects, @Nullable PassFactor pass, int failuresToAcquire)
      throws SightlineException {
    FalseMatchTable cosines = cosines(subjects);
    List<Table> tables = new ArrayList<>();
    tables.add(
        Table.of(
            new Calibration(population, Scoring.COSINE, null, pass, 0, List.of(), List.of()),
            cosines,
            FoundShares.ofPictures(subjects)));
    Calibration byCosine = tables.get(0).calibration();
    if (byCosine.points().isEmpty()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "too few subjects for a calibration",
          population,
          "give more: a rate needs "
              + FalseMatchTable.LEAST_SUPPORT
              + " pairs of subjects that reach it");
    }
    if (subjects.size() >= 2 * LISTED) {
      ListScale scale = scale(subjects, byCosine);
      FoundShares found = new FoundShares();
      FalseMatchTable normalised = normalised(subjects, scale, found);
      tables.add(
          Table.of(
              new Calibration(
                  population, Scoring.LIST_NORMALISED, scale, pass, 0, List.of(), List.of()),
              normalised,
              found));
    }
    return new CalibrationMeasurement(
        subjects.size(),
        subjects.stream().mapToInt(subject -> subject.templates().size()).sum(),
        failuresToAcquire,
        tables,
        heldBack(subjects),
        cosines.nearest(NEAREST_SHOWN).stream()
            .map(
                near ->
                    new Near(
                        subjects.get(near.a()).name(),
                        subjects.get(near.b()).name(),
                        near.similarity()))
            .toList());
  }

  /** What the tail of every other subject says of the rest. */
  private static List<HeldBack> heldBack(List<Subject> subjects) {
    List<Subject> some = new ArrayList<>();
    List<Subject> others = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      (i % 2 == 0 ? some : others).add(subjects.get(i));
    }
    if (others.size() < 2) {
      return List.of();
    }
    FalseMatchTable rest = cosines(others);
    double pairs = others.size() * (others.size() - 1.0) / 2;
    return cosines(some).rows().stream()
        .map(Row::point)
        .filter(point -> !point.measured() && point.falseMatchRate() * pairs >= LEAST_PREDICTED)
        .map(
            point -> {
              double found = rest.rateAt(point.similarity()) * pairs;
              int lower = quantile(point.lower95() * pairs, TAIL);
              int upper = quantile(point.upper95() * pairs, 1 - TAIL);
              return new HeldBack(
                  point.similarity(),
                  point.falseMatchRate() * pairs,
                  lower,
                  upper,
                  found,
                  Math.ceil(found) >= lower && Math.floor(found) <= upper);
            })
        .toList();
  }

  private static int quantile(double mean, double share) {
    return mean > 0 ? PoissonDistribution.of(mean).inverseCumulativeProbability(share) : 0;
  }

  /**
   * The mean nearness of drawn lists, which does not depend on the zero that it is measured with.
   */
  private static ListScale scale(List<Subject> subjects, Calibration byCosine)
      throws SightlineException {
    double lookAlikesFrom;
    try {
      lookAlikesFrom =
          Threshold.derive(byCosine.ofComparisons(), 1, 1000 * LOOK_ALIKES_RATE, new Similarity(-1))
              .similarity()
              .cosine();
    } catch (UnsupportedRateException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "look-alikes cannot be distinguished from other people",
          byCosine.population(),
          "calibrate on more subjects",
          e);
    }
    ListScale provisional = new ListScale(0, hundredth(lookAlikesFrom), MOST_RAISED);
    double sum = 0;
    Random random = new Random(1);
    List<Integer> order = order(subjects);
    for (int list = 0; list < LISTS; list++) {
      Collections.shuffle(order, random);
      try (Gallery gallery =
          listed(subjects, chosen(subjects, order.subList(0, LISTED), random), provisional)) {
        sum += gallery.meanNearness().orElseThrow();
      }
    }
    return new ListScale(
        Math.round(10_000 * sum / LISTS) / 10_000.0, provisional.lookAlikesFrom(), MOST_RAISED);
  }

  private static double hundredth(double value) {
    return Math.round(100 * value) / 100.0;
  }

  private static List<Integer> order(List<Subject> subjects) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      order.add(i);
    }
    return order;
  }

  private static FalseMatchTable cosines(List<Subject> subjects) {
    FalseMatchTable table = new FalseMatchTable(subjects.size());
    for (int a = 0; a < subjects.size(); a++) {
      List<Template> some = subjects.get(a).templates();
      for (int b = a + 1; b < subjects.size(); b++) {
        List<Template> others = subjects.get(b).templates();
        double weight = 1.0 / some.size() / others.size();
        for (Template one : some) {
          for (Template other : others) {
            table.add(a, b, weight, one.similarityTo(other).cosine());
          }
        }
      }
    }
    return table;
  }

  private static FalseMatchTable normalised(
      List<Subject> subjects, ListScale scale, FoundShares found) {
    FalseMatchTable table = new FalseMatchTable(subjects.size());
    Random random = new Random(1);
    List<Integer> order = order(subjects);
    for (int list = 0; list < LISTS; list++) {
      Collections.shuffle(order, random);
      List<Integer> rows = order.subList(0, LISTED);
      List<Template> chosen = chosen(subjects, rows, random);
      try (Gallery gallery = listed(subjects, chosen, scale)) {
        for (int probe : order.subList(LISTED, order.size())) {
          double[] similarities =
              gallery.similarities(any(subjects.get(probe).templates(), random));
          for (int row = 0; row < LISTED; row++) {
            table.add(rows.get(row), probe, 1, similarities[row]);
          }
        }
        for (int row = 0; row < LISTED; row++) {
          Template listed = chosen.get(row);
          for (Template other : subjects.get(rows.get(row)).templates()) {
            if (other != listed) {
              found.add(gallery.similarities(other)[row]);
            }
          }
        }
      }
    }
    return table;
  }

  /** A picture of each. */
  private static List<Template> chosen(List<Subject> subjects, List<Integer> who, Random random) {
    return who.stream().map(i -> any(subjects.get(i).templates(), random)).toList();
  }

  private static Gallery listed(List<Subject> subjects, List<Template> chosen, ListScale scale) {
    Template sample = subjects.get(0).templates().get(0);
    try (Gallery.Builder builder =
        Gallery.builder(sample.modelPack(), sample.dimension(), chosen.size())) {
      for (Template template : chosen) {
        builder.add(new SubjectRef("S-" + builder.size()), CATEGORY, List.of(template));
      }
      return builder.build(scale);
    }
  }

  private static Template any(List<Template> templates, Random random) {
    return templates.get(random.nextInt(templates.size()));
  }
}
