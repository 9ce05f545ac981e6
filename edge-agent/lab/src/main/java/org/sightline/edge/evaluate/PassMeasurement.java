package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sightline.edge.alert.PassEvidence;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.PassFactor;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.evaluate.CalibrationMeasurement.Subject;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.shot.ShotQuality;
import org.sightline.edge.shot.ShotSelection;
import org.sightline.edge.shot.ShotSettings;
import org.sightline.edge.track.PassTracker;
import org.sightline.edge.track.Sighting;
import org.sightline.edge.track.TrackSettings;

/**
 * What a pass amounts to in comparisons, on clips of people none of whom is in the population: how
 * often the best of a pass's fused templates reaches a similarity, per how often a view of the same
 * passes does. Templates stay in memory and are wiped. For one thread.
 */
final class PassMeasurement implements AutoCloseable {
  /** Pairs of a pass and a person that reach the similarity at which the two are compared. */
  private static final int SUPPORT = 100;

  /** Views before which no alert is raised, but for an overwhelming one. */
  private static final int LEAST_VIEWS = 2;

  /** Far from anybody, as nearly all who are not listed are. */
  private static final double BELOW_THRESHOLD = 0.2;

  private static final int REPLICATES = 1000;
  private static final double TAIL = 0.025;

  private final FaceDetector detector;
  private final FaceEmbedder embedder;
  private final Sharpness sharpness = new Sharpness();

  private PassMeasurement(FaceDetector detector, FaceEmbedder embedder) {
    this.detector = detector;
    this.embedder = embedder;
  }

  /** Opens the stages of a pack, set up as for a camera. */
  static PassMeasurement open(InstalledPack pack, Compute compute) throws InferenceException {
    FaceDetector detector =
        FaceDetectors.open(pack.manifest(), pack.folder(), DetectionSettings.frames(null, compute));
    try {
      return new PassMeasurement(
          detector, FaceEmbedders.open(pack.manifest(), pack.folder(), compute));
    } catch (InferenceException unfit) {
      detector.close();
      throw unfit;
    }
  }

  /**
   * One pass, compared with everybody.
   *
   * @param views the cosine of each view with each person
   * @param best the highest of the fused templates with each person
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Compared(float[][] views, float[] best) {}

  /** A pass that continues. */
  private static final class Open {
    final ShotSelection selection = new ShotSelection(ShotSettings.defaults());
    final PassEvidence evidence = new PassEvidence();
    final List<float[]> views = new ArrayList<>();
    float[] best = {};
  }

  /**
   * Measures.
   *
   * @param clips in which nobody of the population walks by
   * @return empty if too few pairs of a pass and a person are near each other
   * @throws CaptureException if a clip cannot be used
   */
  Optional<PassFactor> measure(List<Path> clips, List<Subject> population)
      throws CaptureException, InterruptedException {
    List<Template> people = population.stream().map(subject -> subject.templates().get(0)).toList();
    List<Compared> passes = new ArrayList<>();
    for (Path clip : clips) {
      passes.addAll(passesOf(clip, people));
    }
    return factor(passes);
  }

  private List<Compared> passesOf(Path clip, List<Template> people)
      throws CaptureException, InterruptedException {
    PassTracker tracker = new PassTracker(TrackSettings.defaults());
    Map<Long, Open> passes = new HashMap<>();
    try (FrameSource source =
        FrameSources.open(
            CameraSettings.of(new CameraId("clip"), clip.toString())
                .at(CameraSettings.Pace.FASTEST))) {
      for (Frame next = source.next(); next != null; next = source.next()) {
        try (Frame frame = next) {
          List<Face> faces = detector.detect(frame.picture());
          for (Sighting sighting : tracker.update(frame.streamTime(), faces).sightings()) {
            look(
                frame.picture(),
                frame.streamTime(),
                sighting.face(),
                passes.computeIfAbsent(sighting.pass(), number -> new Open()),
                people);
          }
        }
      }
    }
    List<Compared> compared = new ArrayList<>();
    for (Open pass : passes.values()) {
      pass.evidence.close();
      if (pass.views.size() >= LEAST_VIEWS) {
        compared.add(new Compared(pass.views.toArray(float[][]::new), pass.best));
      }
    }
    return compared;
  }

  private void look(Picture picture, Duration at, Face face, Open pass, List<Template> people) {
    int width = picture.widthPx();
    int height = picture.heightPx();
    if (!pass.selection.mayBeWorth(at, face, width, height)) {
      return;
    }
    double sharp = sharpness.of(picture, face.box());
    if (!pass.selection.isWorth(at, ShotQuality.of(face, sharp))) {
      return;
    }
    detector
        .refine(picture, face)
        .filter(
            refined ->
                pass.selection.isUsable(at, refined, ShotQuality.of(refined, sharp), width, height))
        .ifPresent(refined -> take(picture, refined, ShotQuality.of(refined, sharp), pass, people));
  }

  private void take(
      Picture picture, Face face, ShotQuality quality, Open pass, List<Template> people) {
    pass.selection.take(quality);
    pass.selection.compared(BELOW_THRESHOLD);
    Template view;
    try (AlignedFace aligned = embedder.align(picture, face.landmarks())) {
      view = embedder.embed(List.of(aligned)).get(0);
    }
    pass.views.add(cosines(view, people));
    try (Template fused = pass.evidence.add(view, quality.value())) {
      if (pass.views.size() >= LEAST_VIEWS) {
        float[] now = cosines(fused, people);
        for (int i = 0; i < pass.best.length; i++) {
          now[i] = Math.max(now[i], pass.best[i]);
        }
        pass.best = now;
      }
    }
  }

  private static float[] cosines(Template template, List<Template> people) {
    float[] cosines = new float[people.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = (float) template.similarityTo(people.get(i)).cosine();
    }
    return cosines;
  }

  private static Optional<PassFactor> factor(List<Compared> passes) {
    float[] all = new float[passes.stream().mapToInt(pass -> pass.best().length).sum()];
    int filled = 0;
    for (Compared pass : passes) {
      System.arraycopy(pass.best(), 0, all, filled, pass.best().length);
      filled += pass.best().length;
    }
    if (all.length < SUPPORT) {
      return Optional.empty();
    }
    Arrays.sort(all);
    float similarity = all[all.length - SUPPORT];
    double[] byPass = new double[passes.size()];
    double[] byView = new double[passes.size()];
    for (int i = 0; i < byPass.length; i++) {
      byPass[i] = reaching(passes.get(i).best(), similarity);
      byView[i] =
          Arrays.stream(passes.get(i).views())
              .mapToDouble(view -> reaching(view, similarity))
              .average()
              .orElse(0);
    }
    double[] drawn = new double[REPLICATES];
    SplittableRandom random = new SplittableRandom(1);
    for (int replicate = 0; replicate < REPLICATES; replicate++) {
      double sumOfPasses = 0;
      double sumOfViews = 0;
      for (int i = 0; i < byPass.length; i++) {
        int chosen = random.nextInt(byPass.length);
        sumOfPasses += byPass[chosen];
        sumOfViews += byView[chosen];
      }
      drawn[replicate] = ratio(sumOfPasses, sumOfViews);
    }
    Arrays.sort(drawn);
    double factor = ratio(Arrays.stream(byPass).sum(), Arrays.stream(byView).sum());
    return Optional.of(
        new PassFactor(
            factor,
            Math.min(factor, Quantiles.of(drawn, TAIL)),
            Math.max(factor, Quantiles.of(drawn, 1 - TAIL)),
            byPass.length));
  }

  /** To two decimals; a pass is at least one comparison. */
  private static double ratio(double passes, double views) {
    return views == 0 ? 1 : Math.max(1, Math.round(100 * passes / views) / 100.0);
  }

  private static double reaching(float[] cosines, float similarity) {
    int count = 0;
    for (float cosine : cosines) {
      count += cosine >= similarity ? 1 : 0;
    }
    return count;
  }

  @Override
  public void close() {
    detector.close();
    embedder.close();
  }
}
