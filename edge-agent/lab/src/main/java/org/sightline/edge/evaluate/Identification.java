package org.sightline.edge.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.match.Candidate;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.plot.Axis;
import org.sightline.edge.plot.Plot;
import org.sightline.edge.plot.Series;
import org.sightline.edge.statistics.Interval;
import org.sightline.edge.statistics.Proportion;

/**
 * How well a model pack finds listed people, and nobody else, among a list: open-set identification
 * by ISO/IEC 19795-1, with the agent's own gallery. A search returns the nearest subject alone, as
 * the agent's does. Each picture is a search of its own.
 *
 * @param scoring how similarities were computed
 * @param rank1 share of the mated searches whose nearest subject is the right one, at whatever
 *     similarity
 * @param points TPIR at given FPIR
 * @param det the whole trade-off, by falling threshold: one step for each non-mated search
 */
public record Identification(
    Scoring scoring,
    @JsonUnwrapped Listed listed,
    @JsonUnwrapped Searches searches,
    double rank1,
    List<Point> points,
    List<Step> det) {
  /**
   * Who was searched for.
   *
   * @param galleryEntries listed subjects, each by all of their usable pictures
   * @param failuresToEnrol subjects without a usable picture
   * @param enrolment what became of the pictures that people are listed by
   */
  public record Listed(int galleryEntries, int failuresToEnrol, Enrolment enrolment) {}

  /**
   * How often was searched.
   *
   * @param searchesForUnlisted pictures of the subjects that could not be listed; left out
   * @param matedSearches pictures of listed people, failures to acquire included
   * @param nonMatedSearches pictures of other people in which a face was found
   * @param failuresToAcquire pictures of either kind in which none was found: a miss if mated, left
   *     out if not
   */
  public record Searches(
      int searchesForUnlisted, int matedSearches, int nonMatedSearches, int failuresToAcquire) {}

  /** What a search without a face finds. */
  private static final double NO_SIMILARITY = -1;

  private static final List<Double> FALSE_POSITIVE_RATES = List.of(1e-1, 3e-2, 1e-2, 3e-3, 1e-3);

  public Identification {
    points = List.copyOf(points);
    det = List.copyOf(det);
  }

  /**
   * One operating point: the lowest threshold at which no more non-mated searches than allowed give
   * a candidate.
   *
   * @param fpirAtMost that was asked for
   * @param threshold similarity
   * @param fpir share of non-mated searches with a candidate at the threshold
   * @param tpir share of mated searches whose nearest subject is the right one and reaches it; both
   *     intervals are right if searches are independent
   */
  public record Point(
      double fpirAtMost,
      double threshold,
      double fpir,
      Interval fpirInterval,
      double tpir,
      Interval tpirInterval) {}

  /**
   * A step of the detection error trade-off.
   *
   * @param fnir share of mated searches that miss: 1 - TPIR
   */
  public record Step(double threshold, double fpir, double fnir) {}

  /**
   * One mated search.
   *
   * @param right whether the nearest subject is the right one
   */
  record Mated(boolean right, double similarity) {}

  /**
   * Reads a test set and searches for everybody in it.
   *
   * @param gallery pictures to list people by
   * @param mated other pictures of people in the gallery, under the same names
   * @param nonMated pictures of people who are not
   * @param pack to enrol and to search with
   * @param compute what the searches compute with; enrolment does on the CPU, as for a watchlist
   * @param calibration by cosine: pictures of one subject have to resemble each other by it
   * @param scale to normalise similarities by, if the list is long enough; null for plain cosines
   * @throws PictureException if a picture cannot be read
   * @throws SightlineException if the set contradicts itself, or nobody can be listed
   */
  public static Identification measure(
      SubjectFolders gallery,
      SubjectFolders mated,
      SubjectFolders nonMated,
      InstalledPack pack,
      Compute compute,
      Calibration calibration,
      @Nullable ListScale scale,
      Progress progress)
      throws SightlineException, InterruptedException {
    requireConsistent(gallery, mated, nonMated);
    try (FaceReader reader = FaceReader.open(pack, compute)) {
      Measurement measurement = new Measurement(gallery, mated, nonMated, reader, progress);
      try (EnrolledList list =
          EnrolledList.of(
              List.copyOf(gallery.subjects().values()),
              pack,
              calibration,
              scale,
              measurement::count)) {
        return measurement.search(list);
      }
    }
  }

  private static void requireConsistent(
      SubjectFolders gallery, SubjectFolders mated, SubjectFolders nonMated)
      throws SightlineException {
    for (String subject : mated.subjects().keySet()) {
      if (!gallery.subjects().containsKey(subject)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "a mated subject is not in the gallery",
            subject,
            "give the same names in both");
      }
    }
    for (String subject : nonMated.subjects().keySet()) {
      if (gallery.subjects().containsKey(subject)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "a subject of the gallery is also non-mated",
            subject,
            "remove it from one of them");
      }
    }
  }

  /** The figures for searches that were made. */
  static Identification of(
      Scoring scoring,
      Listed listed,
      int searchesForUnlisted,
      List<Mated> mated,
      double[] nonMated,
      int failuresToAcquire) {
    double[] falling = Arrays.stream(nonMated).map(each -> -each).sorted().toArray();
    for (int i = 0; i < falling.length; i++) {
      falling[i] = -falling[i];
    }
    double[] found =
        mated.stream().filter(Mated::right).mapToDouble(Mated::similarity).sorted().toArray();
    List<Point> points = new ArrayList<>();
    for (double rate : FALSE_POSITIVE_RATES) {
      int allowed = (int) Math.floor(rate * falling.length + 1e-9);
      double threshold = thresholdFor(falling, allowed);
      Proportion fpir = Proportion.of(reaching(falling, threshold), falling.length);
      Proportion tpir = Proportion.of(found.length - below(found, threshold), mated.size());
      points.add(
          new Point(
              rate, threshold, fpir.rate(), Interval.of(fpir), tpir.rate(), Interval.of(tpir)));
    }
    List<Step> det = new ArrayList<>();
    for (int i = 0; i < falling.length; i++) {
      double hits = found.length - below(found, falling[i]);
      det.add(new Step(falling[i], (i + 1.0) / falling.length, 1 - hits / mated.size()));
    }
    return new Identification(
        scoring,
        listed,
        new Searches(searchesForUnlisted, mated.size(), falling.length, failuresToAcquire),
        (double) found.length / mated.size(),
        points,
        det);
  }

  /** The detection error trade-off as a picture; zeros lie on its edges. */
  public Plot detPlot() {
    return new Plot(
        "det",
        "Detection error trade-off",
        "False negatives per mated search against false positives per non-mated search, by"
            + " threshold; "
            + listed.galleryEntries
            + " listed, "
            + searches.matedSearches
            + " mated and "
            + searches.nonMatedSearches
            + " non-mated searches",
        Axis.shareOf("FPIR, per non-mated search", searches.nonMatedSearches),
        Axis.shareOf("FNIR, per mated search", searches.matedSearches),
        List.of(
            new Series.Steps(
                scoring.word(),
                det.stream().map(step -> new Series.Point(step.fpir(), step.fnir())).toList())));
  }

  private static double thresholdFor(double[] falling, int allowed) {
    return allowed < falling.length ? Math.nextUp(falling[allowed]) : falling[falling.length - 1];
  }

  private static int reaching(double[] falling, double threshold) {
    return (int) Arrays.stream(falling).filter(each -> each >= threshold).count();
  }

  private static int below(double[] rising, double threshold) {
    int index = Arrays.binarySearch(rising, threshold);
    while (index > 0 && rising[index - 1] == threshold) {
      index--;
    }
    return index < 0 ? -index - 1 : index;
  }

  /** One run over a test set. */
  private static final class Measurement {
    private final SubjectFolders gallery;
    private final SubjectFolders mated;
    private final SubjectFolders nonMated;
    private final FaceReader reader;
    private final Progress progress;
    private final int total;
    private int done;
    private int failuresToAcquire;

    Measurement(
        SubjectFolders gallery,
        SubjectFolders mated,
        SubjectFolders nonMated,
        FaceReader reader,
        Progress progress) {
      this.gallery = gallery;
      this.mated = mated;
      this.nonMated = nonMated;
      this.reader = reader;
      this.progress = progress;
      this.total = gallery.pictureCount() + mated.pictureCount() + nonMated.pictureCount();
    }

    void count() {
      progress.done(++done, total);
    }

    Identification search(EnrolledList list) throws PictureException, SightlineException {
      List<Mated> hits = new ArrayList<>();
      int unlisted = 0;
      Iterator<Integer> rows = list.rows().iterator();
      for (String subject : gallery.subjects().keySet()) {
        int row = rows.next();
        for (Path picture : mated.subjects().getOrDefault(subject, List.of())) {
          if (row == EnrolledList.NOBODY) {
            unlisted++;
            count();
          } else {
            hits.add(
                nearest(list.gallery(), picture)
                    .map(each -> new Mated(each.row() == row, each.similarity().cosine()))
                    .orElse(new Mated(false, NO_SIMILARITY)));
          }
        }
      }
      if (hits.isEmpty()) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "nobody who could be listed is searched for",
            unlisted + " mated pictures of people who could not be listed",
            "give other pictures of them in the gallery");
      }
      List<Double> others = new ArrayList<>();
      for (List<Path> pictures : nonMated.subjects().values()) {
        for (Path picture : pictures) {
          nearest(list.gallery(), picture)
              .ifPresent(each -> others.add(each.similarity().cosine()));
        }
      }
      if (others.isEmpty()) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "no face was found in any non-mated picture",
            "",
            "give pictures of faces");
      }
      return of(
          list.gallery().scoring(),
          new Listed(
              list.gallery().size(),
              gallery.subjects().size() - list.gallery().size(),
              list.enrolment()),
          unlisted,
          hits,
          others.stream().mapToDouble(Double::doubleValue).toArray(),
          failuresToAcquire);
    }

    private Optional<Candidate> nearest(Gallery list, Path picture) throws PictureException {
      Optional<Template> probe = reader.read(picture);
      count();
      failuresToAcquire += probe.isPresent() ? 0 : 1;
      try (Template template = probe.orElse(null)) {
        return template == null ? Optional.empty() : list.nearest(template);
      }
    }
  }
}
