package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sightline.edge.testing.SampleCategories.AMBER;
import static org.sightline.edge.testing.SampleCategories.RED;
import static org.sightline.edge.testing.SampleCategories.rule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.alert.RaisedThresholds;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.CaptureStatistics;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.AlertSink;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.lens.LensFault;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.presentationattack.AttackDetector;
import org.sightline.edge.presentationattack.PresentedFace;

/** The rules of the pipeline, with a scripted crowd in the place of cameras and networks. */
class PipelineTest {
  private static final String PACK = "scripted";
  private static final CameraId CAMERA = new CameraId("mast-1");
  private static final float[] SHE = {1, 0, 0, 0};
  private static final float[] NEARLY_SHE = {0.97f, 0.243f, 0, 0};
  private static final float[] SOMEBODY_ELSE = {0, 0, 1, 0};
  private static final float[] STRANGER = {0, 1, 0, 0};
  private static final long FRAMES = 100;

  private final List<Alert> stored = new ArrayList<>();
  private final Script script = new Script();
  private final List<Integer> portraitsRead = new ArrayList<>();
  private @Nullable ScriptedAttacks attackDetector;
  private final AtomicReference<@Nullable Pipeline> running = new AtomicReference<>();
  private final Set<LensFault> faults = ConcurrentHashMap.newKeySet();
  private List<CameraState> cameras = List.of();
  private boolean bodyPicture;
  private final RaisedThresholds raised = new RaisedThresholds();
  private CategoryPolicy categories = CategoryPolicy.NONE;
  private final ScriptedWalks walks = new ScriptedWalks();
  private float @Nullable [] control;
  private Portraits portraits =
      row -> {
        portraitsRead.add(row);
        return new Jpeg(new byte[] {(byte) row});
      };

  @Test
  void aListedPersonWhoPassesRaisesOneAlert() throws Exception {
    script.person = frame -> SHE;
    run(stored::add);
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).match().subject()).isEqualTo(new SubjectRef("S-1"));
    assertThat(stored.get(0).match().probe().jpeg().bytes()).isNotEmpty();
  }

  @Test
  void theAlertIsRaisedWhileThePersonIsStillThere() throws Exception {
    script.person = frame -> SHE;
    List<Duration> raisedAt = new ArrayList<>();
    run(stored::add, (alert, streamTime) -> raisedAt.add(streamTime));
    assertThat(raisedAt).singleElement().satisfies(at -> assertThat(at).isLessThan(seconds(1)));
  }

  @Test
  void aStrangerRaisesNone() throws Exception {
    script.person = frame -> STRANGER;
    PipelineCounters.Snapshot counters = run(stored::add);
    assertThat(stored).isEmpty();
    assertThat(counters.passes()).isOne();
  }

  @Test
  void anAlertShowsThePortraitOfItsSubject() throws Exception {
    script.person = frame -> SHE;
    run(stored::add);
    assertThat(stored)
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.match().portrait().jpeg()).isEqualTo(new Jpeg(new byte[] {1})));
  }

  @Test
  void theThresholdOfACategoryHoldsForThoseWhoAreListedInIt() throws Exception {
    script.person = frame -> SHE;
    categories = new CategoryPolicy(List.of(rule("other", RED, 1), rule("exercise", AMBER, 0.95)));
    run(stored::add);
    assertThat(stored)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.comparison().threshold()).isEqualTo(new Similarity(0.95));
              assertThat(alert.match().response()).isEqualTo(AMBER);
            });
  }

  @Test
  void whoDoesNotReachTheThresholdOfTheCategoryRaisesNoAlert() throws Exception {
    script.person = frame -> NEARLY_SHE;
    run(stored::add);
    assertThat(stored).hasSize(1);
    stored.clear();

    categories = new CategoryPolicy(List.of(rule("exercise", AMBER, 0.99)));
    run(stored::add);

    assertThat(stored).isEmpty();
  }

  @Test
  void whoDoesNotReachTheRaisedThresholdOfTheirSubjectRaisesNoAlert() throws Exception {
    script.person = frame -> NEARLY_SHE;
    run(stored::add);
    SubjectRef subject = stored.get(0).match().subject();
    stored.clear();

    raised.raise(Map.of(subject, 0.09));
    run(stored::add);

    assertThat(stored).isEmpty();
  }

  @Test
  void aControlEntryThatPassesIsRecognisedOnceAndRaisesNoAlert() throws Exception {
    control = STRANGER;
    script.person = frame -> STRANGER;

    PipelineCounters.Snapshot counters = run(stored::add);

    assertThat(walks.recognised).containsExactly(new SubjectRef("C-1"));
    assertThat(stored).isEmpty();
    assertThat(counters.alerts().raised()).isZero();
    assertThat(portraitsRead).isEmpty();
  }

  @Test
  void somebodyWhoResemblesAControlEntryMoreThanThemselvesRaisesTheirAlertAllTheSame()
      throws Exception {
    control = NEARLY_SHE;
    script.person = frame -> NEARLY_SHE;

    run(stored::add);

    assertThat(stored)
        .singleElement()
        .satisfies(alert -> assertThat(alert.match().subject()).isEqualTo(new SubjectRef("S-1")));
  }

  @Test
  void whateverGoesWrongWithAControlEntryKeepsNobodyElseFromBeingFound() throws Exception {
    control = NEARLY_SHE;
    walks.fails = true;
    script.person = frame -> SHE;

    run(stored::add);

    assertThat(stored).hasSize(1);
  }

  @Test
  void whereNoAlertsMayBeRaisedControlEntriesAloneAreRecognised() throws Exception {
    control = NEARLY_SHE;
    walks.mayRaise = false;
    script.person = frame -> SHE;

    PipelineCounters.Snapshot counters = run(stored::add);

    assertThat(stored).isEmpty();
    assertThat(counters.alerts().raised()).isZero();
    assertThat(walks.recognised).hasSize(1);
  }

  @Test
  void whoIsStillThereWhenAlertsMayBeRaisedRaisesOne() throws Exception {
    walks.mayRaise = false;
    script.person =
        frame -> {
          walks.mayRaise = frame > FRAMES / 2;
          return SHE;
        };

    run(stored::add);

    assertThat(stored).hasSize(1);
  }

  @Test
  void noPortraitIsReadButForAnAlert() throws Exception {
    script.person = frame -> STRANGER;
    run(stored::add);
    assertThat(portraitsRead).isEmpty();
  }

  @Test
  void aPortraitThatCannotBeReadHoldsNoAlertBack() throws Exception {
    script.person = frame -> SHE;
    portraits =
        row -> {
          throw new UnreadableList();
        };
    run(stored::add);
    assertThat(stored)
        .singleElement()
        .satisfies(alert -> assertThat(alert.match().portrait()).isNull());
  }

  @Test
  void anAlertSaysWhereTheEyesAreInBothOfItsPictures() throws Exception {
    script.person = frame -> SHE;
    script.inPictures = List.of(face(200, 60), face(10, 20));
    portraits = row -> JpegCodec.encode(BgrPicture.allocate(60, 60), 90);

    run(stored::add);

    FaceView middle = new FaceView(new PointPx(15, 40), new PointPx(35, 40), 0);
    assertThat(stored)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.match().probe().view()).isEqualTo(middle);
              assertThat(alert.match().portrait().view()).isEqualTo(middle);
            });
  }

  @Test
  void anAlertShowsTheOtherViewThatItWasDecidedBy() throws Exception {
    script.person = frame -> SHE;
    script.inPictures = List.of(face(10, 20));
    run(stored::add);
    FacePicture probe = stored.get(0).match().probe();
    assertThat(stored.get(0).match().moreViews())
        .singleElement()
        .satisfies(view -> assertThat(view.view()).isEqualTo(probe.view()));
  }

  @Test
  void anAlertIsRaisedThoughNoFaceIsFoundInItsPictures() throws Exception {
    script.person = frame -> SHE;

    run(stored::add);

    assertThat(stored)
        .singleElement()
        .satisfies(alert -> assertThat(alert.match().probe().view()).isNull());
  }

  @Test
  void eyesOutsideThePictureAreNoneAndNoFault() throws Exception {
    script.person = frame -> SHE;
    script.inPictures = List.of(face(-500, 60));

    PipelineCounters.Snapshot counters = run(stored::add);

    assertThat(stored.get(0).match().probe().view()).isNull();
    assertThat(counters.faults().any()).isFalse();
  }

  /** A face of which the eyes are 20 px apart. */
  private static Face face(float x, float y) {
    return new Face(
        new BoxPx(x, y, 40, 40),
        new Landmarks(
            new PointPx(x + 5, y + 20),
            new PointPx(x + 25, y + 20),
            new PointPx(x + 15, y + 25),
            new PointPx(x + 8, y + 30),
            new PointPx(x + 22, y + 30)),
        0.9f);
  }

  @Test
  void anAlertIsRaisedThoughItMayShowAPictureOfAFace() throws Exception {
    script.person = frame -> SHE;
    attackDetector = new ScriptedAttacks(0);
    run(stored::add);
    assertThat(stored)
        .singleElement()
        .satisfies(alert -> assertThat(alert.presentationCheck().suspected()).isTrue());
  }

  @Test
  void anAlertSaysNothingOfPicturesOfFacesWhereNothingLooksForThem() throws Exception {
    script.person = frame -> SHE;
    run(stored::add);
    assertThat(stored)
        .singleElement()
        .satisfies(alert -> assertThat(alert.presentationCheck()).isNull());
  }

  @Test
  void nobodyIsAssessedButForAnAlert() throws Exception {
    script.person = frame -> STRANGER;
    attackDetector = new ScriptedAttacks(0);
    run(stored::add);
    assertThat(attackDetector.seen).isNotEmpty();
    assertThat(attackDetector.assessed).isZero();
  }

  @Test
  void whatWasLookedAtForAttacksIsWipedWithThePass() throws Exception {
    script.person = frame -> STRANGER;
    attackDetector = new ScriptedAttacks(1);
    run(stored::add);
    assertThat(attackDetector.seen)
        .isNotEmpty()
        .allSatisfy(view -> assertThat(view.data().get(0)).isZero());
  }

  @Test
  void nothingIsSaidOfWhereSomebodyIsUnlessThatIsPermitted() throws Exception {
    script.person = frame -> SHE;
    FollowingSink sink = new FollowingSink();
    run(sink);
    assertThat(sink.raised)
        .singleElement()
        .satisfies(alert -> assertThat(alert.match().whereabouts()).isNull());
    assertThat(sink.seen).isEmpty();
  }

  @Test
  void anAlertShowsTheFigureOfThePersonWhereThatIsPermitted() throws Exception {
    script.person = frame -> SHE;
    bodyPicture = true;
    FollowingSink sink = new FollowingSink();
    run(sink);
    Whereabouts whereabouts = sink.raised.get(0).match().whereabouts();
    assertThat(whereabouts).isNotNull();
    assertThat(whereabouts.figure()).isNotNull();
  }

  @Test
  void aFigureThatShowsAnotherFaceIsNotSentAndTheAlertIs() throws Exception {
    script.person = frame -> SHE;
    script.inPictures = List.of(face(0, 300));
    bodyPicture = true;
    FollowingSink sink = new FollowingSink();
    run(sink);
    assertThat(sink.raised)
        .singleElement()
        .satisfies(alert -> assertThat(alert.match().whereabouts().figure()).isNull());
  }

  @Test
  void itIsSaidOfAnAlertWhetherItsPersonIsInViewAndWhenTheyAreSoNoLonger() throws Exception {
    script.person = frame -> frame < FRAMES / 2 ? SHE : null;
    bodyPicture = true;
    FollowingSink sink = new FollowingSink();
    run(sink);
    assertThat(sink.seen)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.alert()).isEqualTo(sink.raised.get(0).id()));
    assertThat(sink.seen.get(0).inView()).isTrue();
    assertThat(sink.seen.get(sink.seen.size() - 1).inView()).isFalse();
  }

  @Test
  void nothingIsSaidOfWhereAStrangerIs() throws Exception {
    script.person = frame -> STRANGER;
    bodyPicture = true;
    FollowingSink sink = new FollowingSink();
    run(sink);
    assertThat(sink.raised).isEmpty();
    assertThat(sink.seen).isEmpty();
    assertThat(script.searchedBesides).isZero();
  }

  /** Keeps what it is given. */
  private static final class FollowingSink implements AlertSink {
    final List<Alert> raised = new ArrayList<>();
    final List<AlertSighting> seen = new ArrayList<>();

    @Override
    public void raise(Alert alert) {
      raised.add(alert);
    }

    @Override
    public void seen(AlertSighting sighting) {
      seen.add(sighting);
    }
  }

  @Test
  void aPersonNotSeenForAMomentIsStillOnePass() throws Exception {
    script.person = frame -> frame % 50 > 40 ? null : SHE;
    run(stored::add);
    assertThat(stored).hasSize(1);
  }

  @Test
  void mostSightingsOfAPassAreNotEmbedded() throws Exception {
    script.person = frame -> STRANGER;
    assertThat(run(stored::add).embeddings()).isBetween(2L, 10L);
  }

  @Test
  void nothingMoreIsEmbeddedOnceAPassIsDecided() throws Exception {
    script.person = frame -> SHE;
    assertThat(run(stored::add).embeddings()).isLessThanOrEqualTo(2);
  }

  @Test
  void anAlertThatCannotBeStoredAtFirstIsStoredLater() throws Exception {
    script.person = frame -> SHE;
    int[] tries = {0};
    run(
        alert -> {
          if (tries[0]++ < 5) {
            throw new FullDisk();
          }
          stored.add(alert);
        });
    assertThat(stored).hasSize(1);
  }

  @Test
  void anAlertThatIsNeverStoredIsCountedAsLost() throws Exception {
    script.person = frame -> SHE;
    PipelineCounters.Snapshot counters =
        run(
            alert -> {
              throw new FullDisk();
            });
    assertThat(counters.alerts().lost()).isEqualTo(1);
  }

  @Test
  void everyFrameIsGivenBack() throws Exception {
    script.person = frame -> SHE;
    run(stored::add);
    assertThat(script.open).isZero();
  }

  @Test
  void everyAlignedFaceIsWiped() throws Exception {
    script.person = frame -> STRANGER;
    run(stored::add);
    assertThat(script.aligned)
        .isNotEmpty()
        .allSatisfy(face -> assertThat(face.bgr()).containsOnly(0));
  }

  @Test
  void aFrameIsProcessedPassedOverOrDropped() throws Exception {
    script.millisBetweenFrames = 40;
    script.person = frame -> STRANGER;
    PipelineCounters.Snapshot counters = run(stored::add);
    assertThat(counters.frames().read()).isEqualTo(FRAMES);
    assertThat(counters.frames().passedOver()).isEqualTo(FRAMES / 2);
    assertThat(counters.frames().processed()).isEqualTo(FRAMES / 2);
    assertThat(counters.frames().dropped()).isZero();
  }

  @Test
  void aFramePassedOverIsGivenBack() throws Exception {
    script.millisBetweenFrames = 40;
    run(stored::add);
    assertThat(script.open).isZero();
  }

  @Test
  void anUnusableClipIsReportedToTheCaller() {
    script.unusable = true;
    assertThatThrownBy(() -> run(stored::add)).isInstanceOf(CaptureException.class);
  }

  @Test
  void aCameraThatFailsStopsNoOther() throws Exception {
    script.person = frame -> SHE;
    Script failing = new Script();
    failing.fails = true;
    List<Pipeline.Camera> cameras =
        List.of(
            new Pipeline.Camera(new CameraId("failing"), failing, Pace.FASTEST),
            new Pipeline.Camera(CAMERA, script, Pace.FASTEST));
    assertThatThrownBy(() -> run(cameras, stored::add, (alert, streamTime) -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThat(stored).hasSize(1);
  }

  @Test
  void anErrorOfTheJavaMachineAtACameraEndsThePipeline() {
    Script failing = new Script();
    failing.machineFails = true;
    List<Pipeline.Camera> cameras =
        List.of(
            new Pipeline.Camera(new CameraId("failing"), failing, Pace.FASTEST),
            new Pipeline.Camera(CAMERA, script, Pace.FASTEST));
    assertThatThrownBy(() -> run(cameras, stored::add, (alert, streamTime) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(LinkageError.class);
  }

  @Test
  void aCameraWithNothingInItsPictureIsCovered() throws Exception {
    run(stored::add);

    assertThat(faults).containsOnly(LensFault.COVERED);
  }

  @Test
  void whatACameraSawLastIsNotSaidOnceItsClipIsOver() throws Exception {
    run(stored::add);

    assertThat(cameras).extracting(CameraState::lens).containsExactly(Optional.empty());
  }

  @Test
  void aCameraThatAnErrorClosedIsNotOneThatHasEnded() {
    Script failing = new Script();
    failing.fails = true;
    List<Pipeline.Camera> both =
        List.of(
            new Pipeline.Camera(new CameraId("failing"), failing, Pace.FASTEST),
            new Pipeline.Camera(CAMERA, script, Pace.FASTEST));

    assertThatThrownBy(() -> run(both, stored::add, (alert, streamTime) -> {}))
        .isInstanceOf(IllegalStateException.class);

    assertThat(cameras)
        .extracting(CameraState::phase)
        .containsExactly(CameraPhase.FAILED, CameraPhase.ENDED);
  }

  @Test
  void whenTheLastFrameWasSearchedIsKnownOfEachCamera() throws Exception {
    run(stored::add);

    assertThat(cameras)
        .singleElement()
        .satisfies(camera -> assertThat(camera.searched()).isNotNull());
  }

  private PipelineCounters.Snapshot run(AlertSink sink) throws Exception {
    return run(sink, (alert, streamTime) -> {});
  }

  private PipelineCounters.Snapshot run(AlertSink sink, RaisedAlerts listener) throws Exception {
    return run(List.of(new Pipeline.Camera(CAMERA, script, Pace.FASTEST)), sink, listener);
  }

  private PipelineCounters.Snapshot run(
      List<Pipeline.Camera> read, AlertSink sink, RaisedAlerts listener) throws Exception {
    try (Gallery gallery = gallery();
        Pipeline pipeline =
            new Pipeline(
                read,
                new Deployment(
                    new DeploymentId("D-1"),
                    new VanId("van-1"),
                    new Place("here"),
                    PACK,
                    Calibration.none(Scoring.COSINE),
                    bodyPicture),
                new Recognition(
                    new Engine(script, script, attackDetector),
                    gallery,
                    portraits,
                    AlertSettings.of(new Similarity(0.9)),
                    categories,
                    raised,
                    walks),
                sink,
                listener,
                this::noteFaults,
                Clock.systemUTC())) {
      running.set(pipeline);
      pipeline.start();
      try {
        assertThat(pipeline.awaitEnd(seconds(30))).isTrue();
      } finally {
        cameras = pipeline.cameras();
      }
      return pipeline.counters();
    }
  }

  private void noteFaults() {
    Pipeline pipeline = running.get();
    if (pipeline != null) {
      pipeline.cameras().forEach(camera -> camera.lens().ifPresent(faults::add));
    }
  }

  /** Somebody who never comes, and her. */
  private Gallery gallery() {
    try (Gallery.Builder builder = Gallery.builder(PACK, 4, 3)) {
      if (control != null) {
        builder.addControl(
            new SubjectRef("C-1"), "control", List.of(Template.normalised(PACK, control)));
      }
      builder.add(
          new SubjectRef("S-0"), "exercise", List.of(Template.normalised(PACK, SOMEBODY_ELSE)));
      builder.add(new SubjectRef("S-1"), "exercise", List.of(Template.normalised(PACK, SHE)));
      return builder.build(null);
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static final class FullDisk extends SightlineException {
    private static final long serialVersionUID = 1L;

    FullDisk() {
      super(ErrorKind.TEMPORARY, "the disk is full", "test", "make room");
    }
  }

  private static final class UnreadableList extends SightlineException {
    private static final long serialVersionUID = 1L;

    UnreadableList() {
      super(ErrorKind.UNUSABLE_INPUT, "the list cannot be read", "test", "import it again");
    }
  }

  /** Gives everybody one score. */
  private static final class ScriptedWalks implements ControlMatches {
    final List<SubjectRef> recognised = new ArrayList<>();
    volatile boolean mayRaise = true;
    boolean fails;

    @Override
    public void recognised(CameraId camera, SubjectRef subject, Instant capturedAt) {
      if (fails) {
        throw new IllegalStateException("a walk that nobody expected");
      }
      recognised.add(subject);
    }

    @Override
    public boolean mayRaise(CameraId camera) {
      return mayRaise;
    }
  }

  private static final class ScriptedAttacks implements AttackDetector {
    final List<BgrPicture> seen = new ArrayList<>();
    int assessed;
    private final double score;

    ScriptedAttacks(double score) {
      this.score = score;
    }

    @Override
    public PresentedFace look(Picture picture, BoxPx face) {
      BgrPicture view = BgrPicture.allocate(1, 1);
      view.data().put(0, (byte) 1);
      seen.add(view);
      return new PresentedFace(List.of(view));
    }

    @Override
    public PresentationCheck assess(PresentedFace face) {
      assessed++;
      return new PresentationCheck(score, 0.5, "scripted");
    }

    @Override
    public void close() {}
  }

  /** One camera with one person in front of it, and networks that recognise that person exactly. */
  private static final class Script implements FrameSource, FaceDetector, FaceEmbedder {
    LongFunction<float @Nullable []> person = frame -> null;
    boolean unusable;
    boolean fails;
    boolean machineFails;
    List<Face> inPictures = List.of();
    int searchedBesides;
    int millisBetweenFrames = 80;
    volatile int open;
    final List<AlignedFace> aligned = new ArrayList<>();
    private final BgrPicture picture = BgrPicture.allocate(320, 240);
    private volatile long next;
    private long analysed = -1;

    @Override
    public synchronized @Nullable Frame next() throws CaptureException {
      if (unusable) {
        throw new CaptureException("this is not a video", "clip.mp4", "use another", null);
      }
      if (fails) {
        throw new IllegalStateException("a camera that nobody expected");
      }
      if (machineFails) {
        throw new LinkageError("a library that nobody found");
      }
      if (next >= FRAMES) {
        return null;
      }
      open++;
      return new Frame(
          CAMERA,
          next,
          Duration.ofMillis(millisBetweenFrames * next++),
          System.nanoTime(),
          picture,
          this::release);
    }

    private synchronized void release() {
      open--;
    }

    @Override
    public List<Face> detect(Picture frame) {
      if (frame != picture) {
        searchedBesides++;
        return inPictures; // Of an alert.
      }
      analysed++;
      if (person.apply(analysed) == null) {
        return List.of();
      }
      float x = 40 + analysed;
      return List.of(
          new Face(
              new BoxPx(x, 60, 100, 100),
              new Landmarks(
                  new PointPx(x + 30, 100),
                  new PointPx(x + 70, 100),
                  new PointPx(x + 50, 120),
                  new PointPx(x + 35, 140),
                  new PointPx(x + 65, 140)),
              0.9f));
    }

    @Override
    public Optional<Face> refine(Picture frame, Face face) {
      return Optional.of(face);
    }

    @Override
    public AlignedFace align(Picture frame, Landmarks landmarks) {
      byte[] pixels = new byte[12];
      pixels[0] = 1;
      AlignedFace face = new AlignedFace(2, pixels);
      aligned.add(face);
      return face;
    }

    @Override
    public List<Template> embed(List<AlignedFace> faces) {
      return faces.stream().map(f -> Template.normalised(PACK, person.apply(analysed))).toList();
    }

    @Override
    public String modelPack() {
      return PACK;
    }

    @Override
    public int dimension() {
      return 4;
    }

    @Override
    public CaptureStatistics statistics() {
      return new CaptureStatistics(next, 0, 0, 0, true);
    }

    @Override
    public void close() {}
  }
}
