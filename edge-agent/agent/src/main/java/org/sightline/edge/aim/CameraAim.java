package org.sightline.edge.aim;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraProbe;
import org.sightline.edge.capture.CameraReport;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.pipeline.WatchedView;

/**
 * Watches one camera for some seconds and measures how it is aimed. Two copies of frames are in
 * memory, of which one is being searched and the other, only where a snapshot is asked for, shows
 * most faces; both are wiped. Used once, by one thread.
 */
public final class CameraAim implements AutoCloseable {
  /** As often as the agent does. */
  private static final Duration BETWEEN_SEARCHES = Duration.ofMillis(60);

  /** The longer side of the snapshot. */
  static final int SNAPSHOT_SIDE_PX = 1280;

  private final CameraSettings camera;
  private final @Nullable Zone zone;
  private final InstalledPack pack;
  private final DetectionSettings detection;
  private final boolean snapshot;
  private final FaceDetector detector;
  private final Resampler resampler = new Resampler();
  private final ExecutorService searching =
      Executors.newSingleThreadExecutor(run -> new Thread(run, "aim"));

  private @Nullable Future<?> search;
  private Duration due = Duration.ZERO;
  private @Nullable BgrPicture copy;
  private @Nullable BgrPicture best;
  private List<Face> facesOfBest = List.of();
  private @Nullable ViewMeasure measure;

  /**
   * @param zone outside which nobody is looked at; null for none
   * @param snapshot whether one is asked for; without, no picture stays in memory when searched
   * @throws SightlineException if one is asked for and the pack's detector searches at one size
   *     only, so that it would miss small faces that have to be hidden
   */
  public CameraAim(
      CameraSettings camera,
      @Nullable Zone zone,
      InstalledPack pack,
      DetectionSettings detection,
      boolean snapshot)
      throws SightlineException {
    Integer fixed = pack.manifest().detector().fixedSidePx();
    if (snapshot && fixed != null) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "no snapshot with this model pack, which searches every picture at "
              + fixed
              + " px and would miss small faces that have to be hidden",
          "model pack " + pack.manifest().name(),
          "leave --snapshot out, or use camera probe --snapshot");
    }
    this.snapshot = snapshot;
    this.camera = camera;
    this.zone = zone;
    this.pack = pack;
    this.detection = detection;
    this.detector = FaceDetectors.open(pack.manifest(), pack.folder(), detection);
  }

  /**
   * Watches so much of the stream, more than zero. Of a clip all of it is searched, of a camera as
   * much as there is time for.
   *
   * @param permit asked every second while the camera is open
   * @throws CaptureException if no two frames come
   * @throws SightlineException what the permit threw; the camera is closed then
   */
  public AimReport watch(Duration length, CameraProbe.Permit permit)
      throws SightlineException, InterruptedException {
    CameraReport report =
        new CameraProbe(
                FrameSources.isLive(camera.source())
                    ? camera
                    : camera.at(CameraSettings.Pace.FASTEST),
                length,
                permit,
                this::see)
            .measure();
    finish(search);
    AimLimits limits = limits(report.stream().widthPx(), report.stream().heightPx());
    AimFigures figures = (measure == null ? measure(limits) : measure).figures();
    List<Finding> findings = AimJudgement.of(figures, report, limits);
    String toDo = AimReport.toDo(findings);
    return new AimReport(
        camera.id().value(),
        report.stream().widthPx(),
        report.stream().heightPx(),
        zone != null,
        toDo.isEmpty(),
        toDo,
        findings,
        figures);
  }

  private AimLimits limits(int widthPx, int heightPx) {
    ModelPack.Detector searched = pack.manifest().detector();
    return AimLimits.of(searched.smallestFacePx() / detection.scale(widthPx, heightPx, searched));
  }

  private ViewMeasure measure(AimLimits limits) {
    return new ViewMeasure(detector, new WatchedView(zone), limits);
  }

  /** Never holds up a camera: what comes while a picture is searched is passed over. */
  private void see(Frame frame) {
    Future<?> running = search;
    if (frame.streamTime().compareTo(due) < 0 || (running != null && !running.isDone())) {
      return;
    }
    if (!finished(running)) {
      return;
    }
    due = frame.streamTime().plus(BETWEEN_SEARCHES);
    BgrPicture picture = copied(frame.picture());
    Duration at = frame.streamTime();
    Future<?> next = searching.submit(() -> search(picture, at));
    search = next;
    if (!FrameSources.isLive(camera.source())) {
      finished(next);
    }
  }

  private BgrPicture copied(Picture picture) {
    BgrPicture into = copy;
    if (into == null
        || into.widthPx() != picture.widthPx()
        || into.heightPx() != picture.heightPx()) {
      wipe(into);
      into = BgrPicture.allocate(picture.widthPx(), picture.heightPx());
      copy = into;
    }
    resampler.resample(picture, into);
    return into;
  }

  private void search(BgrPicture picture, Duration at) {
    if (measure == null) {
      measure = measure(limits(picture.widthPx(), picture.heightPx()));
    }
    List<Face> faces = measure.see(picture, at);
    if (snapshot && (best == null || faces.size() > facesOfBest.size())) {
      keep(picture, faces);
    }
  }

  private void keep(BgrPicture picture, List<Face> faces) {
    wipe(best);
    BgrPicture kept = BgrPicture.allocate(picture.widthPx(), picture.heightPx());
    resampler.resample(picture, kept);
    best = kept;
    facesOfBest = faces;
  }

  /** Whether a search ended before this thread was interrupted, which the next frame will say. */
  private static boolean finished(@Nullable Future<?> search) {
    try {
      finish(search);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Waits for a search; what it threw is thrown again as it was, since some of it ends a process.
   */
  static void finish(@Nullable Future<?> search) throws InterruptedException {
    try {
      if (search != null) {
        search.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException("a picture could not be searched", e.getCause());
    }
  }

  /**
   * The view with most faces of all that were searched, as {@link AimPicture} hides them, with the
   * outline of the zone, and the heights of the faces that may be looked at. Once: the view itself
   * is wiped.
   *
   * @param compute what the detector computes with at its most sensitive
   * @throws SightlineException if no picture was searched, or a face would still be found in the
   *     result
   */
  public BgrPicture snapshot(Compute compute) throws SightlineException {
    BgrPicture shown = best;
    if (shown == null) {
      throw noSnapshot("no picture was searched", "watch for longer (--seconds)");
    }
    try (FaceDetector keen = FaceDetectors.keen(pack.manifest(), pack.folder(), compute)) {
      BgrPicture picture =
          new AimPicture(
                  new KeenSearch(keen),
                  pack.manifest().detector().frameScoreThreshold(),
                  SNAPSHOT_SIDE_PX)
              .of(shown, facesOfBest.stream().map(AimPicture.Mark::of).toList(), zone);
      if (picture == null) {
        throw noSnapshot(
            "a face in it would not be hidden for certain",
            "try again when fewer people are near the camera");
      }
      return picture;
    } finally {
      shown.wipe();
      best = null;
      facesOfBest = List.of();
    }
  }

  private SightlineException noSnapshot(String why, String remedy) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "no snapshot was written: " + why,
        "camera " + camera.id(),
        remedy);
  }

  private static void wipe(@Nullable BgrPicture picture) {
    if (picture != null) {
      picture.wipe();
    }
  }

  @Override
  public void close() {
    searching.shutdown();
    boolean interrupted = false;
    while (!searching.isTerminated()) {
      try {
        searching.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    wipe(copy);
    wipe(best);
    detector.close();
  }
}
