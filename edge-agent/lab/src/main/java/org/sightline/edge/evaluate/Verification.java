package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sightline.edge.domain.Template;
import org.sightline.edge.evaluate.VerificationPairs.Pair;
import org.sightline.edge.imaging.PictureException;

/**
 * How well a model pack decides whether two pictures show one person, by the protocol of Labeled
 * Faces in the Wild.
 *
 * @param pairs that were compared
 * @param failuresToAcquire pictures in which no face was found; their pairs count as not matching
 * @param accuracy mean of the folds', each decided at the threshold that is best for the others
 * @param accuracyStdDev standard deviation between the folds (population form)
 * @param tarAtFar share of all mated pairs accepted at the lowest threshold at which the share of
 *     non-mated pairs accepted is not above the key
 * @param thresholdAtFar those thresholds, as cosine
 */
public record Verification(
    int pairs,
    int failuresToAcquire,
    double accuracy,
    double accuracyStdDev,
    Map<String, Double> tarAtFar,
    Map<String, Double> thresholdAtFar,
    List<Fold> folds) {
  private static final List<String> FALSE_ACCEPT_RATES = List.of("1e-2", "1e-3");

  /** Folds made of a pairs file that has only one, so that no pair chooses its own threshold. */
  private static final int FOLDS_OF_ONE = 10;

  /** What a pair without a template scores. */
  static final double NO_SIMILARITY = -1;

  public Verification {
    tarAtFar = Map.copyOf(tarAtFar);
    thresholdAtFar = Map.copyOf(thresholdAtFar);
    folds = List.copyOf(folds);
  }

  /**
   * One fold.
   *
   * @param threshold cosine at which it was decided
   */
  public record Fold(int pairs, double accuracy, double threshold) {}

  record Score(double similarity, boolean mated) {}

  /**
   * Reads every picture once and compares the pairs.
   *
   * @throws PictureException if a picture cannot be read
   */
  public static Verification measure(VerificationPairs pairs, FaceReader reader, Progress progress)
      throws PictureException {
    Map<Path, Template> templates = new HashMap<>();
    Set<Path> pictures = pairs.pictures();
    int done = 0;
    for (Path picture : pictures) {
      reader.read(picture).ifPresent(template -> templates.put(picture, template));
      progress.done(++done, pictures.size());
    }
    int failures = pictures.size() - templates.size();
    List<List<Score>> folds = new ArrayList<>();
    for (List<Pair> fold : pairs.folds()) {
      folds.add(
          fold.stream().map(pair -> new Score(similarity(templates, pair), pair.mated())).toList());
    }
    templates.values().forEach(Template::close);
    return of(folds, failures);
  }

  private static double similarity(Map<Path, Template> templates, Pair pair) {
    Template first = templates.get(pair.first());
    Template second = templates.get(pair.second());
    return first == null || second == null ? NO_SIMILARITY : first.similarityTo(second).cosine();
  }

  /** The figures for scores that were measured, by fold. */
  static Verification of(List<List<Score>> measured, int failuresToAcquire) {
    List<List<Score>> parts = measured.size() == 1 ? dealt(measured.get(0)) : measured;
    List<Score> all = parts.stream().flatMap(List::stream).toList();
    List<Fold> folds = new ArrayList<>();
    for (List<Score> part : parts) {
      List<Score> others =
          parts.stream().filter(other -> other != part).flatMap(List::stream).toList();
      double threshold = mostAccurateThreshold(others);
      folds.add(new Fold(part.size(), accuracy(part, threshold), threshold));
    }
    double mean = folds.stream().mapToDouble(Fold::accuracy).average().orElseThrow();
    double variance =
        folds.stream()
            .mapToDouble(fold -> (fold.accuracy() - mean) * (fold.accuracy() - mean))
            .average()
            .orElseThrow();
    Map<String, Double> rates = new HashMap<>();
    Map<String, Double> thresholds = new HashMap<>();
    for (String rate : FALSE_ACCEPT_RATES) {
      double threshold = thresholdAt(all, Double.parseDouble(rate));
      thresholds.put(rate, threshold);
      rates.put(rate, matedAccepted(all, threshold));
    }
    return new Verification(
        all.size(), failuresToAcquire, mean, Math.sqrt(variance), rates, thresholds, folds);
  }

  private static List<List<Score>> dealt(List<Score> scores) {
    List<List<Score>> folds = new ArrayList<>();
    for (int i = 0; i < FOLDS_OF_ONE; i++) {
      folds.add(new ArrayList<>());
    }
    for (int i = 0; i < scores.size(); i++) {
      folds.get(i % FOLDS_OF_ONE).add(scores.get(i));
    }
    folds.removeIf(List::isEmpty);
    return folds;
  }

  /** In the middle between the two scores where accepting the upper ones is right most often. */
  private static double mostAccurateThreshold(List<Score> scores) {
    List<Score> falling =
        scores.stream().sorted(Comparator.comparingDouble(Score::similarity).reversed()).toList();
    int balance = 0;
    int best = 0;
    double threshold = 1;
    for (int i = 0; i < falling.size(); i++) {
      balance += falling.get(i).mated() ? 1 : -1;
      double here = falling.get(i).similarity();
      double next = i + 1 < falling.size() ? falling.get(i + 1).similarity() : NO_SIMILARITY;
      if (balance > best && next < here) {
        best = balance;
        threshold = (here + next) / 2;
      }
    }
    return threshold;
  }

  private static double accuracy(List<Score> scores, double threshold) {
    long right =
        scores.stream().filter(score -> score.mated() == (score.similarity() >= threshold)).count();
    return (double) right / scores.size();
  }

  static double thresholdAt(List<Score> scores, double falseAcceptRate) {
    double[] nonMated =
        scores.stream()
            .filter(score -> !score.mated())
            .mapToDouble(Score::similarity)
            .sorted()
            .toArray();
    int allowed = (int) Math.floor(falseAcceptRate * nonMated.length + 1e-9);
    double highestRefused = nonMated[nonMated.length - 1 - Math.min(allowed, nonMated.length - 1)];
    return Math.nextUp(highestRefused);
  }

  private static double matedAccepted(List<Score> scores, double threshold) {
    return scores.stream()
        .filter(Score::mated)
        .mapToInt(score -> score.similarity() >= threshold ? 1 : 0)
        .average()
        .orElse(0);
  }
}
