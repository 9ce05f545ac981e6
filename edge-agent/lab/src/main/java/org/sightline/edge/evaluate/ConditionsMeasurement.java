package org.sightline.edge.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.evaluate.Condition.Seen;
import org.sightline.edge.evaluate.Condition.Treatment;
import org.sightline.edge.evaluate.ConditionStep.Search;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.match.Candidate;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.shot.ShotQuality;

/**
 * How detection and identification suffer from small and poor faces. The first picture of a subject
 * with several is listed as it is; the second is searched for, made worse step by step, and so are
 * the pictures of subjects with one, who are not listed. Every search is of one picture alone, as
 * the agent looks at the first frame of a pass.
 *
 * @param unusable pictures to be searched for in which no face was found before any step; left out
 * @param faceHeightPerInterEye of the undegraded faces
 * @param undegraded the pictures as they are; its value is 0 and means nothing
 */
public record ConditionsMeasurement(
    @JsonUnwrapped Setting setting,
    @JsonUnwrapped Enrolled enrolled,
    int unusable,
    Spread faceHeightPerInterEye,
    ConditionStep undegraded,
    List<Result> conditions) {
  /**
   * How was searched.
   *
   * @param threshold similarity from which a search gives a candidate
   * @param thresholdGiven whether it was given; else it is the lowest at which at most {@value
   *     #FALSE_POSITIVE_RATE} of the undegraded pictures of people who are not listed give one
   * @param scoring how similarities were computed
   * @param smallestFacePx height of the smallest face that the detector was set up for
   */
  public record Setting(
      double threshold, boolean thresholdGiven, Scoring scoring, int smallestFacePx) {}

  /**
   * Who was searched for.
   *
   * @param listed subjects of the list
   * @param failuresToEnrol subjects whose first picture cannot be enrolled; left out
   * @param enrolment what became of the pictures that people are listed by
   */
  public record Enrolled(int listed, int failuresToEnrol, Enrolment enrolment) {}

  private static final double FALSE_POSITIVE_RATE = 0.01;

  /** Lower ends of the classes of frontality. */
  private static final double[] FRONTALITIES = {0, 0.4, 0.6, 0.8};

  public ConditionsMeasurement {
    conditions = List.copyOf(conditions);
  }

  /** The steps of one condition. */
  public record Result(String condition, String unit, List<ConditionStep> steps) {
    public Result {
      steps = List.copyOf(steps);
    }
  }

  /** Tenth, fiftieth and ninetieth percentile. */
  public record Spread(double p10, double median, double p90) {
    static Spread of(List<Double> values) {
      double[] rising = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return new Spread(
          Quantiles.of(rising, 0.1), Quantiles.of(rising, 0.5), Quantiles.of(rising, 0.9));
    }
  }

  /**
   * How much is measured.
   *
   * @param mostListed bounds the list
   * @param mostOthers bounds the pictures of people who are not listed
   * @param smallestFacePx height of the smallest face that the detector is set up for
   * @param seed chooses who, and decides what a degradation leaves to chance
   * @param scale to normalise similarities by, if the list is long enough; null for plain cosines
   * @param threshold null to derive it
   */
  public record Order(
      int mostListed,
      int mostOthers,
      int smallestFacePx,
      long seed,
      @Nullable ListScale scale,
      @Nullable Double threshold) {}

  /** Names of all conditions but the pose, which is measured always and made never. */
  public static List<String> names() {
    return Condition.all().stream().map(Condition::name).toList();
  }

  /**
   * Reads a test set and searches for its people.
   *
   * @param calibration of the pack, by cosine
   * @param names of the conditions
   * @throws PictureException if a picture cannot be read
   * @throws InferenceException if the pack's files cannot be used
   * @throws SightlineException if the set has nobody to list, or nobody to search for
   */
  public static ConditionsMeasurement measure(
      InstalledPack pack,
      Calibration calibration,
      SubjectFolders folders,
      List<String> names,
      Order order,
      Progress progress)
      throws SightlineException, InterruptedException {
    List<Condition> conditions =
        Condition.all().stream().filter(each -> names.contains(each.name())).toList();
    try (FaceReader stills = FaceReader.open(pack, Compute.cpu(FaceReader.THREADS));
        FrameReader frames = FrameReader.open(pack, order.smallestFacePx(), stills)) {
      return new Measurement(stills, frames, conditions, order, progress)
          .run(folders, pack, calibration);
    }
  }

  /** The figures for searches that were made. */
  static ConditionsMeasurement of(
      Order order,
      Scoring scoring,
      Enrolled enrolled,
      int unusable,
      Spread faceHeightPerInterEye,
      List<Search> undegraded,
      Map<Treatment, List<Search>> searches,
      List<Condition> conditions)
      throws SightlineException {
    double threshold =
        order.threshold() == null ? threshold(undegraded) : order.threshold().doubleValue();
    List<Result> results = new ArrayList<>();
    for (Condition condition : conditions) {
      results.add(
          new Result(
              condition.name(),
              condition.unit(),
              condition.steps().stream()
                  .map(
                      step ->
                          ConditionStep.of(
                              step.value(),
                              searches.getOrDefault(step.treatment(), List.of()),
                              threshold))
                  .toList()));
    }
    results.add(pose(searches.getOrDefault(Condition.USUAL, List.of()), threshold));
    return new ConditionsMeasurement(
        new Setting(threshold, order.threshold() != null, scoring, order.smallestFacePx()),
        enrolled,
        unusable,
        faceHeightPerInterEye,
        ConditionStep.of(0, undegraded, threshold),
        results);
  }

  private static double threshold(List<Search> undegraded) throws SightlineException {
    List<Verification.Score> scores =
        undegraded.stream()
            .filter(search -> !search.mated())
            .map(
                search ->
                    new Verification.Score(
                        search.similarity() == null || !search.selected()
                            ? Verification.NO_SIMILARITY
                            : search.similarity(),
                        false))
            .toList();
    if (scores.isEmpty()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "no threshold can be derived",
          "no picture of a subject with one shows a face",
          "give such pictures or --threshold");
    }
    return Verification.thresholdAt(scores, FALSE_POSITIVE_RATE);
  }

  private static Result pose(List<Search> usual, double threshold) {
    List<ConditionStep> steps = new ArrayList<>();
    for (int i = 0; i < FRONTALITIES.length; i++) {
      double from = FRONTALITIES[i];
      double to = i + 1 < FRONTALITIES.length ? FRONTALITIES[i + 1] : Double.POSITIVE_INFINITY;
      steps.add(
          ConditionStep.of(
              from,
              usual.stream()
                  .filter(search -> search.frontality() >= from && search.frontality() < to)
                  .toList(),
              threshold));
    }
    return new Result("frontality", "lower end of the class, 1 facing the camera", steps);
  }

  /** A picture to be searched for, and whose it is; -1 for nobody listed. */
  private record Probe(Path picture, int row) {}

  /** One run over a test set. */
  private static final class Measurement {
    private final FaceReader stills;
    private final FrameReader frames;
    private final List<Condition> conditions;
    private final Order order;
    private final Progress progress;
    private final Resampler resampler = new Resampler();
    private final Map<Treatment, List<Search>> searches = new LinkedHashMap<>();
    private final List<Search> undegraded = new ArrayList<>();
    private final List<Double> heightsPerInterEye = new ArrayList<>();
    private int unusable;

    Measurement(
        FaceReader stills,
        FrameReader frames,
        List<Condition> conditions,
        Order order,
        Progress progress) {
      this.stills = stills;
      this.frames = frames;
      this.conditions = conditions;
      this.order = order;
      this.progress = progress;
      searches.put(Condition.USUAL, new ArrayList<>());
      conditions.forEach(
          condition ->
              condition.steps().forEach(step -> searches.put(step.treatment(), new ArrayList<>())));
    }

    ConditionsMeasurement run(SubjectFolders folders, InstalledPack pack, Calibration calibration)
        throws SightlineException, InterruptedException {
      List<List<Path>> several = new ArrayList<>();
      List<List<Path>> single = new ArrayList<>();
      folders.subjects().values().forEach(each -> (each.size() > 1 ? several : single).add(each));
      List<List<Path>> chosen = chosen(several, order.mostListed());
      if (chosen.isEmpty()) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "there is nobody to list",
            "no subject has several pictures",
            "give subjects with two pictures and a portrait as the first");
      }
      List<Probe> probes = new ArrayList<>();
      try (EnrolledList list =
          EnrolledList.of(
              chosen.stream().map(each -> List.of(each.get(0))).toList(),
              pack,
              calibration,
              order.scale(),
              () -> {})) {
        for (int i = 0; i < chosen.size(); i++) {
          if (list.rows().get(i) != EnrolledList.NOBODY) {
            probes.add(new Probe(chosen.get(i).get(1), list.rows().get(i)));
          }
        }
        int listed = probes.size();
        chosen(single, order.mostOthers())
            .forEach(each -> probes.add(new Probe(each.get(0), EnrolledList.NOBODY)));
        int done = 0;
        for (Probe probe : probes) {
          search(probe, list.gallery());
          progress.done(++done, probes.size());
        }
        if (undegraded.isEmpty()) {
          throw new SightlineException(
              ErrorKind.UNUSABLE_INPUT,
              "no face was found in any picture to be searched for",
              "",
              "give portraits");
        }
        return of(
            order,
            list.gallery().scoring(),
            new Enrolled(listed, chosen.size() - listed, list.enrolment()),
            unusable,
            Spread.of(heightsPerInterEye),
            undegraded,
            searches,
            conditions);
      }
    }

    private List<List<Path>> chosen(List<List<Path>> subjects, int most) {
      List<List<Path>> shuffled = new ArrayList<>(subjects);
      Collections.shuffle(shuffled, new Random(order.seed()));
      return shuffled.subList(0, Math.min(most, shuffled.size()));
    }

    private void search(Probe probe, Gallery list) throws PictureException {
      BgrPicture picture = Stills.read(probe.picture());
      Optional<Face> subject = stills.subject(picture);
      if (subject.isEmpty()) {
        unusable++;
        return;
      }
      Face face = subject.get();
      heightsPerInterEye.add(face.box().height() / face.landmarks().interEyeDistancePx());
      Seen original = new Seen(picture, face);
      double frontality = ShotQuality.frontality(face.landmarks());
      undegraded.add(search(original, frontality, probe.row(), list));
      for (Map.Entry<Treatment, List<Search>> entry : searches.entrySet()) {
        if (entry.getKey().suits(face)) {
          // One chance for each picture, so that the choice of conditions changes no figure.
          Random chance = new Random(order.seed() ^ probe.picture().getFileName().hashCode());
          Seen worse = entry.getKey().of(original, resampler, chance);
          entry.getValue().add(search(worse, frontality, probe.row(), list));
        }
      }
    }

    private Search search(Seen seen, double frontality, int row, Gallery list) {
      boolean mated = row != EnrolledList.NOBODY;
      try (FrameReader.@Nullable Look look =
          frames.look(seen.picture(), seen.face().box()).orElse(null)) {
        Template template = look == null ? null : look.template();
        if (look == null || template == null) {
          return new Search(mated, frontality, look != null, false, false, null);
        }
        Candidate nearest = list.nearest(template).orElseThrow();
        return new Search(
            mated,
            frontality,
            true,
            look.selected(),
            nearest.row() == row,
            nearest.similarity().cosine());
      }
    }
  }
}
