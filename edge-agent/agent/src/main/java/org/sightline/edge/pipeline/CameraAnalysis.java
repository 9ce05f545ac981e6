package org.sightline.edge.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.alert.AlertDecision;
import org.sightline.edge.alert.AlertDecision.Outcome;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.alert.RaisedThresholds;
import org.sightline.edge.detect.Search;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.match.Candidate;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.Faults.Kind;
import org.sightline.edge.presentationattack.AttackDetector;
import org.sightline.edge.presentationattack.PresentedFace;
import org.sightline.edge.shot.ShotQuality;
import org.sightline.edge.shot.ShotSelection;
import org.sightline.edge.shot.ShotSettings;
import org.sightline.edge.track.PassTracker;
import org.sightline.edge.track.PassUpdate;
import org.sightline.edge.track.Sighting;
import org.sightline.edge.track.TrackSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one camera's frames from faces to decisions. Holds the open passes of that camera and
 * nothing of the ended ones. Used by the analysis thread alone.
 */
final class CameraAnalysis {
  private static final Logger LOG = LoggerFactory.getLogger(CameraAnalysis.class);

  /** Share of the face's larger side that the probe picture shows around it. */
  private static final double PROBE_MARGIN = 0.35;

  private static final int PROBE_SIDE_PX = 256;
  private static final int PROBE_JPEG_QUALITY = 90;

  /** Faces of one frame that are followed, the best first: a dense crowd shows some 40. */
  static final int MOST_FACES = 256;

  private final CameraId camera;
  private final WatchedView view;
  private final Deployment deployment;
  private final Engine engine;
  private final Gallery gallery;
  private final Portraits portraits;
  private final AlertSettings alertSettings;
  private final CategoryPolicy categories;
  private final RaisedThresholds raisedThresholds;
  private final ShotSettings shotSettings = ShotSettings.defaults();
  private final PassTracker tracker = new PassTracker(TrackSettings.defaults());
  private final AlertDecision decision;
  private final ControlMatches control;
  private final ControlDecision controlDecision;
  private final Map<Long, Pass> passes = new HashMap<>();
  private final Cadence fullSearches = Cadence.ofFullSearches();

  private final Sharpness sharpness = new Sharpness();
  private final FaceCropper cropper = new FaceCropper();
  private final FaceViews views;
  private final FigurePictures figures;
  private final AlertedPasses alerted;
  private final PipelineCounters counters;
  private final BiConsumer<Alert, Duration> raised;
  private final Clock clock;

  CameraAnalysis(
      CameraId camera,
      WatchedView view,
      Deployment deployment,
      Recognition recognition,
      PipelineCounters counters,
      BiConsumer<Alert, Duration> raised,
      Consumer<AlertSighting> seen,
      Clock clock) {
    this.camera = camera;
    this.view = view;
    this.deployment = deployment;
    this.engine = recognition.engine();
    this.gallery = recognition.gallery();
    this.portraits = recognition.portraits();
    this.alertSettings = recognition.alerts();
    this.categories = recognition.categories();
    this.raisedThresholds = recognition.raised();
    this.decision = new AlertDecision(alertSettings);
    this.control = recognition.control();
    this.controlDecision = new ControlDecision(camera, gallery, alertSettings, control);
    this.counters = counters;
    this.raised = raised;
    this.clock = clock;
    this.views = new FaceViews(engine.detector(), sharpness);
    this.figures = new FigurePictures(engine.detector(), cropper);
    this.alerted = new AlertedPasses(seen);
  }

  /**
   * How the camera's next frame is searched.
   *
   * @param at stream time of the frame
   */
  Search search(Duration at) {
    return fullSearches.isDue(at) ? Search.FULL : Search.QUICK;
  }

  /** What may be looked at. */
  WatchedView view() {
    return view;
  }

  /** What is searched of a frame. */
  Part searched(Frame frame) {
    return view.part(frame.picture());
  }

  /**
   * Follows the faces of the camera's next frame that lie within what is watched; of the others
   * nothing remains.
   *
   * @param searched best score first
   * @return the views of it that are worth an embedding; their aligned faces are the caller's to
   *     close
   */
  List<Shot> look(Frame frame, List<Face> searched) {
    List<Face> found = view.within(frame.picture(), searched);
    counters.facesDetected.add(found.size());
    List<Face> faces = found.stream().filter(Face::isFinite).limit(MOST_FACES).toList();
    counters.facesLeftOut.add(found.size() - faces.size());
    Duration at = frame.streamTime();
    PassUpdate update = tracker.update(at, faces);
    counters.passes.add(update.begun());
    update.ended().forEach(this::forget);
    decision.forgetBefore(at);
    controlDecision.seen(at, update.sightings());
    follow(frame, update.sightings());

    List<Shot> shots = new ArrayList<>();
    try {
      for (Sighting sighting : update.sightings()) {
        if (decision.isDecided(sighting.pass())) {
          decision.seen(at, sighting.pass());
        } else {
          isolated(() -> consider(frame, sighting, faces, shots));
        }
      }
      return shots;
    } catch (RuntimeException | Error e) {
      shots.forEach(shot -> shot.face().close());
      throw e;
    }
  }

  /** Ends all passes: no frame will follow. */
  void finish() {
    alerted.forget();
    tracker.finish().forEach(this::forget);
    passes.values().forEach(Pass::close);
    passes.clear();
  }

  /**
   * A view to be embedded, with the number of its pass at this camera.
   *
   * @param box of the face
   * @param faces all that were found in what is watched of the frame
   */
  record Shot(
      long number, Pass pass, ShotQuality quality, AlignedFace face, BoxPx box, List<Face> faces) {}

  /** Follows those who raised an alert, in the pass in which they did. */
  private void follow(Frame frame, List<Sighting> sightings) {
    if (deployment.bodyPicture()) {
      isolated(
          () ->
              alerted.seen(
                  sightings,
                  frame.streamTime(),
                  wallTime(frame.capturedNanos()),
                  frame.picture().widthPx()));
    }
  }

  private Instant wallTime(long nanos) {
    return clock.instant().minusNanos(System.nanoTime() - nanos);
  }

  /** Does what is about one face, so that whatever goes wrong with it costs this face alone. */
  private void isolated(Runnable aboutOneFace) {
    try {
      aboutOneFace.run();
    } catch (NetworkFailure e) {
      throw e;
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FACE, e);
    }
  }

  /** Adds the sighting to the shots of this frame if its view is worth an embedding. */
  private void consider(Frame frame, Sighting sighting, List<Face> faces, List<Shot> shots) {
    Picture picture = frame.picture();
    Duration at = frame.streamTime();
    Pass pass = passes.computeIfAbsent(sighting.pass(), number -> new Pass(shotSettings));
    if (deployment.bodyPicture()) {
      pass.walk.seen(sighting.face().box(), at);
    }
    ShotSelection selection = pass.selection;
    if (!selection.mayBeWorth(at, sighting.face(), picture.widthPx(), picture.heightPx())) {
      return;
    }
    double sharp = sharpness.of(picture, sighting.face().box());
    if (!selection.isWorth(at, ShotQuality.of(sighting.face(), sharp))) {
      return;
    }
    Optional<Face> refined = engine.detector().refine(picture, sighting.face());
    if (refined.isEmpty()) {
      return;
    }
    Face face = refined.get();
    ShotQuality quality = ShotQuality.of(face, sharp);
    if (!selection.isUsable(at, face, quality, picture.widthPx(), picture.heightPx())) {
      return;
    }
    AlignedFace aligned = engine.embedder().align(picture, face.landmarks());
    try {
      // Before the view counts as taken: no pass may be decided without a picture.
      if (pass.views.wants(quality)) {
        BgrPicture cut = cropper.crop(picture, face.box(), PROBE_MARGIN, PROBE_SIDE_PX);
        pass.views.add(new PassViews.View(quality, cut, frame.capturedNanos()));
      }
      if (selection.isBest(quality)) {
        pass.presented(presented(picture, face));
      }
      selection.take(quality);
      shots.add(new Shot(sighting.pass(), pass, quality, aligned, face.box(), faces));
    } catch (RuntimeException | Error e) {
      aligned.close();
      throw e;
    }
  }

  /** Adds what was seen to the evidence of its pass, and decides. The template is wiped. */
  void decide(Frame frame, Shot shot, Template view) {
    isolated(
        () -> {
          try (Template fused = shot.pass().evidence.add(view, shot.quality().value())) {
            double missing = decideControl(frame, shot, fused);
            gallery.nearest(fused).ifPresent(nearest -> decide(frame, shot, nearest, missing));
          }
        });
  }

  /** What goes wrong with a control entry keeps nobody else from being found. */
  private double decideControl(Frame frame, Shot shot, Template fused) {
    double[] missing = {Double.POSITIVE_INFINITY};
    isolated(
        () ->
            missing[0] =
                controlDecision.consider(
                    frame.streamTime(),
                    wallTime(frame.capturedNanos()),
                    shot.number(),
                    shot.pass().evidence.shots(),
                    fused));
    return missing[0];
  }

  /**
   * Decides about anybody but control entries.
   *
   * @param controlMissing how far the pass is from being a control entry's
   */
  private void decide(Frame frame, Shot shot, Candidate nearest, double controlMissing) {
    Similarity threshold =
        raisedThresholds.of(
            nearest.subject(), categories.threshold(nearest.category(), alertSettings.threshold()));
    double missing = threshold.cosine() - nearest.similarity().cosine();
    shot.pass().selection.compared(Math.min(missing, controlMissing));
    if (!control.mayRaise(camera)) {
      return;
    }
    Outcome outcome =
        decision.consider(
            frame.streamTime(),
            shot.number(),
            shot.pass().evidence.shots(),
            nearest.subject(),
            nearest.similarity(),
            threshold);
    switch (outcome) {
      case OPEN -> {}
      case CONTINUED -> {
        counters.alertsContinued.increment();
        release(shot.number());
      }
      case RAISE -> {
        Alert alert;
        try {
          alert = alert(frame, shot, nearest, threshold);
        } catch (RuntimeException e) {
          decision.takeBack(shot.number());
          throw e;
        }
        counters.alerts.increment();
        counters
            .alertsByCategory
            .computeIfAbsent(nearest.category(), first -> new LongAdder())
            .increment();
        raised.accept(alert, frame.streamTime());
        release(shot.number());
        if (deployment.bodyPicture()) {
          alerted.raised(
              shot.number(),
              alert.id(),
              shot.pass().walk,
              frame.streamTime(),
              wallTime(frame.capturedNanos()),
              frame.picture().widthPx());
        }
      }
    }
  }

  private Alert alert(Frame frame, Shot shot, Candidate nearest, Similarity threshold) {
    Pass pass = shot.pass();
    PassViews.View best = pass.views.best();
    Instant now = clock.instant();
    return new Alert(
        AlertIds.next(),
        new Alert.Origin(deployment.id(), deployment.van(), camera, deployment.place()),
        new Alert.Match(
            nearest.subject(),
            nearest.category(),
            encoded(best.picture()),
            portrait(nearest.row()),
            categories.response(nearest.category()),
            deployment.bodyPicture() ? whereabouts(frame, shot) : null,
            moreViews(pass)),
        new Alert.Comparison(
            nearest.similarity(),
            threshold,
            strength(nearest.similarity()),
            gallery.authorised(),
            deployment.modelPack()),
        new Alert.Times(
            now.minusNanos(System.nanoTime() - best.capturedNanos()), now, frame.capturedNanos()),
        presentationCheck(pass));
  }

  private FacePicture encoded(BgrPicture view) {
    return new FacePicture(JpegCodec.encode(view, PROBE_JPEG_QUALITY), hint(() -> views.of(view)));
  }

  /** What is shown beside the probe: one that cannot be had, or is too large, is left out. */
  private List<FacePicture> moreViews(Pass pass) {
    List<FacePicture> more = new ArrayList<>();
    for (BgrPicture view : pass.views.others()) {
      FacePicture picture = hint(() -> encoded(view));
      if (picture != null && picture.jpeg().bytes().length <= Alert.Match.LARGEST_MORE_VIEW_BYTES) {
        more.add(picture);
      }
    }
    return more;
  }

  private Whereabouts whereabouts(Frame frame, Shot shot) {
    Picture picture = frame.picture();
    return new Whereabouts(
        hint(() -> figures.of(picture, shot.box(), faces(picture, shot))),
        shot.pass().walk.direction(picture.widthPx()));
  }

  /** All faces of a frame, so that they can be hidden, wherever they are. */
  private List<Face> faces(Picture picture, Shot shot) {
    return view.zone() == null ? shot.faces() : engine.detector().detect(picture);
  }

  private @Nullable PresentedFace presented(Picture picture, Face face) {
    AttackDetector detector = engine.attackDetector();
    return detector == null ? null : hint(() -> detector.look(picture, face.box()));
  }

  private @Nullable PresentationCheck presentationCheck(Pass pass) {
    AttackDetector detector = engine.attackDetector();
    PresentedFace presented = pass.presented();
    return detector == null || presented == null ? null : hint(() -> detector.assess(presented));
  }

  /** What is said of a picture is a hint alone: the alert is raised whatever becomes of it. */
  private <T> @Nullable T hint(Supplier<@Nullable T> work) {
    try {
      return work.get();
    } catch (NetworkFailure e) {
      throw e;
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FACE, e);
      return null;
    }
  }

  private @Nullable MatchStrength strength(Similarity similarity) {
    Calibration calibration = deployment.calibration();
    Threshold reached = Threshold.at(calibration, gallery.authorised(), similarity);
    return Double.isNaN(reached.upper95())
        ? null
        : new MatchStrength(
            reached.expectedFalseAlertsPerThousandFaces(),
            reached.upper95(),
            reached.extrapolated(),
            calibration.population());
  }

  /** An alert without the subject's picture is worth less, but not nothing: it goes out. */
  private @Nullable FacePicture portrait(int row) {
    try {
      Jpeg portrait = portraits.of(row);
      return new FacePicture(portrait, hint(() -> views.of(portrait)));
    } catch (SightlineException e) {
      LOG.error("An alert is published without its portrait: {}", e.getMessage());
      return null;
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FACE, e);
      return null;
    }
  }

  private void forget(long number) {
    decision.ended(number);
    controlDecision.ended(number);
    alerted.ended(number);
    release(number);
  }

  private void release(long number) {
    Pass pass = passes.remove(number);
    if (pass != null) {
      pass.close();
    }
  }
}
