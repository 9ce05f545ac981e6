package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.evaluate.FalseMatchTable.Row;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.match.Gallery;

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
 * @param tables one for each scoring that the number of subjects allows
 * @param nearest the pairs of subjects whose pictures came nearest to each other, nearest first: to
 *     be looked at, because one person under two names is no false match
 */
public record CalibrationMeasurement(
    int subjects, int pictures, int failuresToAcquire, List<Table> tables, List<Near> nearest) {
  private static final int NEAREST_SHOWN = 30;
  private static final int LISTS = 20;
  private static final int LISTED = 500;
  private static final String CATEGORY = "test";

  public CalibrationMeasurement {
    tables = List.copyOf(tables);
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

    private static Table of(String population, Scoring scoring, FalseMatchTable table) {
      List<Row> rows = table.rows();
      return new Table(
          new Calibration(
              population, scoring, table.comparisons(), rows.stream().map(Row::point).toList()),
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

  /**
   * Reads a test set and compares its subjects.
   *
   * @param population what the calibrations are called
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
    FalseMatchTable cosines = cosines(subjects);
    List<Table> tables = new ArrayList<>();
    tables.add(Table.of(population, Scoring.COSINE, cosines));
    if (tables.get(0).calibration().points().isEmpty()) {
      throw new EvaluationException(
          "too few subjects for a calibration",
          population,
          "give more: a rate needs "
              + FalseMatchTable.LEAST_SUPPORT
              + " pairs of subjects that reach it",
          null);
    }
    if (subjects.size() >= 2 * LISTED) {
      tables.add(Table.of(population, Scoring.LIST_NORMALISED, normalised(subjects)));
    }
    return new CalibrationMeasurement(
        subjects.size(),
        subjects.stream().mapToInt(subject -> subject.templates().size()).sum(),
        failuresToAcquire,
        tables,
        cosines.nearest(NEAREST_SHOWN).stream()
            .map(
                near ->
                    new Near(
                        subjects.get(near.a()).name(),
                        subjects.get(near.b()).name(),
                        near.similarity()))
            .toList());
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

  private static FalseMatchTable normalised(List<Subject> subjects) {
    FalseMatchTable table = new FalseMatchTable(subjects.size());
    Random random = new Random(1);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      order.add(i);
    }
    for (int list = 0; list < LISTS; list++) {
      Collections.shuffle(order, random);
      try (Gallery gallery = listed(subjects, order.subList(0, LISTED), random)) {
        for (int probe : order.subList(LISTED, order.size())) {
          double[] similarities =
              gallery.similarities(any(subjects.get(probe).templates(), random));
          for (int row = 0; row < LISTED; row++) {
            table.add(order.get(row), probe, 1, similarities[row]);
          }
        }
      }
    }
    return table;
  }

  private static Gallery listed(List<Subject> subjects, List<Integer> chosen, Random random) {
    Template sample = subjects.get(0).templates().get(0);
    try (Gallery.Builder builder =
        Gallery.builder(sample.modelPack(), sample.dimension(), chosen.size())) {
      for (int i : chosen) {
        builder.add(
            new SubjectRef("S-" + i), CATEGORY, List.of(any(subjects.get(i).templates(), random)));
      }
      return builder.build(Scoring.LIST_NORMALISED);
    }
  }

  private static Template any(List<Template> templates, Random random) {
    return templates.get(random.nextInt(templates.size()));
  }
}
