package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.presentationattack.AttackDetector;
import org.sightline.edge.presentationattack.PresentedFace;

/**
 * Two listed people side by side in front of each of two cameras: whatever goes wrong with one face
 * or frame, the others are recognised as if nothing had been.
 */
class IsolationTest {
  private static final String PACK = "scripted";
  private static final List<CameraId> CAMERAS =
      List.of(new CameraId("left"), new CameraId("right"));
  private static final int FRAMES = 10;
  private static final int PEOPLE = 4;
  private static final float SIZE = 100;

  private final Set<String> raised = new HashSet<>();
  private final List<AlignedFace> aligned = new ArrayList<>();
  private final List<Template> views = new ArrayList<>();
  private final PipelineCounters counters = new PipelineCounters();
  private Portraits portraits = row -> new Jpeg(new byte[] {(byte) row});

  /** What happens to a face in each step, by who it is of. */
  private Predicate<Integer> profile = who -> false;

  private Predicate<Integer> throwsOnCloserLook = who -> false;
  private Predicate<Integer> throwsOnAligning = who -> false;
  private Predicate<Integer> hasNoTemplate = who -> false;
  private Predicate<Integer> throwsOnSearch = camera -> false;
  private Predicate<Integer> networkFails = camera -> false;
  private Predicate<Integer> networkFailsOnCloserLook = who -> false;
  private @Nullable AttackDetector attackDetector;

  @Test
  void withoutAFaultAllAreRecognised() {
    run();
    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-1", "S-2", "S-3");
    assertThat(counters.faults.counts(0).any()).isFalse();
  }

  @Test
  void aFaceThatACloserLookFindsInProfileRaisesNoAlertAndStopsNobody() {
    profile = who -> who == 1;
    run();
    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-2", "S-3");
    assertThat(counters.faults.counts(0).any()).isFalse();
  }

  @Test
  void aFaceWhoseCloserLookFailsStopsNobody() {
    throwsOnCloserLook = who -> who == 1;
    run();
    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-2", "S-3");
  }

  @Test
  void aFaceThatCannotBeAlignedStopsNobody() {
    throwsOnAligning = who -> who == 1;
    run();
    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-2", "S-3");
  }

  @Test
  void aFaceWithoutATemplateStopsNobodyInItsBatch() {
    hasNoTemplate = who -> who == 1;
    run();
    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-2", "S-3");
  }

  @Test
  void eachFaultOfAFaceIsCounted() {
    throwsOnCloserLook = who -> who == 1;
    run();
    assertThat(counters.faults.counts(0)).isEqualTo(new FaultCounts(FRAMES - 1, 0, 0));
  }

  @Test
  void theFacesOfABatchThatFailedAreWiped() {
    hasNoTemplate = who -> who == 1;
    run();
    assertThat(aligned)
        .isNotEmpty()
        .allSatisfy(face -> assertThat(face.bgr()).containsOnly((byte) 0));
  }

  @Test
  void aFrameThatCannotBeSearchedStopsNoOtherCamera() {
    throwsOnSearch = camera -> camera == 1;
    run();
    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-1");
    assertThat(counters.faults.counts(0)).isEqualTo(new FaultCounts(0, FRAMES, 0));
  }

  @Test
  void aPortraitThatFailsUnexpectedlyHoldsNoAlertBack() {
    portraits =
        row -> {
          throw new IllegalStateException("a portrait that nobody expected");
        };
    run();
    assertThat(raised).hasSize(PEOPLE);
  }

  @Test
  void aNetworkThatFailsEndsTheAnalysis() {
    networkFails = camera -> camera == 0;
    assertThatThrownBy(this::run).isInstanceOf(NetworkFailure.class);
  }

  @Test
  void whereANetworkFailsTheFacesCutOutBeforeAreWiped() {
    networkFailsOnCloserLook = who -> who == 3;
    assertThatThrownBy(this::run).isInstanceOf(NetworkFailure.class);
    // Both people of the first camera, and the other one of the second.
    assertThat(aligned)
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(face -> assertThat(face.bgr()).containsOnly((byte) 0));
  }

  @Test
  void whereANetworkFailsOverAnAlertAllTemplatesAreWiped() {
    attackDetector =
        new Attacks(
            () -> {},
            () -> {
              throw refusal("attack detector's");
            });
    assertThatThrownBy(this::run).isInstanceOf(NetworkFailure.class);
    assertThat(views).isNotEmpty().allSatisfy(view -> assertThat(values(view)).containsOnly(0));
  }

  @Test
  void aFaceThatCannotBeLookedAtForAttacksRaisesItsAlert() {
    attackDetector =
        new Attacks(
            () -> {
              throw new IllegalStateException("surroundings that nobody expected");
            },
            () -> {});
    run();
    assertThat(raised).hasSize(PEOPLE);
  }

  @Test
  void aFaceThatCannotBeAssessedForAttacksRaisesItsAlert() {
    attackDetector =
        new Attacks(
            () -> {},
            () -> {
              throw new IllegalStateException("a view that nobody expected");
            });
    run();
    assertThat(raised).hasSize(PEOPLE);
  }

  @Test
  void ofMoreFacesThanAreFollowedTheBestAre() {
    List<Face> crowd = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      crowd.add(face(i * SIZE, 0));
    }
    try (Gallery gallery = gallery()) {
      camera(CAMERAS.get(0), new Engine(new Finder(), new Namer()), gallery)
          .look(frame(CAMERAS.get(0), 0), crowd);
    }
    assertThat(counters.snapshot(0).faces().leftOut())
        .isEqualTo(10_000 - CameraAnalysis.MOST_FACES);
  }

  private void run() {
    Engine engine = new Engine(new Finder(), new Namer(), attackDetector);
    try (Gallery gallery = gallery()) {
      Analysis analysis =
          new Analysis(
              CAMERAS,
              engine,
              counters,
              SearchedFrames.NONE,
              camera -> camera(camera, engine, gallery));
      for (int number = 0; number < FRAMES; number++) {
        int now = number;
        analysis.analyse(CAMERAS.stream().map(camera -> frame(camera, now)).toList());
      }
      analysis.finish();
    }
  }

  private CameraAnalysis camera(CameraId camera, Engine engine, Gallery gallery) {
    return new CameraAnalysis(
        camera,
        new WatchedView(null),
        new Deployment(
            new DeploymentId("D-1"),
            new VanId("van-1"),
            new Place("here"),
            PACK,
            Calibration.none(Scoring.COSINE)),
        new Recognition(
            engine, gallery, row -> portraits.of(row), AlertSettings.of(new Similarity(0.9))),
        counters,
        (alert, at) -> raised.add(alert.match().subject().toString()),
        sighting -> {},
        Clock.systemUTC());
  }

  private static Frame frame(CameraId camera, int number) {
    BgrPicture picture = BgrPicture.allocate(400, 120);
    picture.data().put(0, (byte) CAMERAS.indexOf(camera));
    return new Frame(
        camera, number, Duration.ofMillis(150L * number), System.nanoTime(), picture, () -> {});
  }

  private static int cameraOf(Picture picture) {
    return ((BgrPicture) picture).data().get(0);
  }

  /** The two people of a camera stand left and right. */
  private static int who(Picture picture, float x) {
    return 2 * cameraOf(picture) + (x < 200 ? 0 : 1);
  }

  private static Gallery gallery() {
    try (Gallery.Builder builder = Gallery.builder(PACK, PEOPLE, PEOPLE)) {
      for (int who = 0; who < PEOPLE; who++) {
        builder.add(new SubjectRef("S-" + who), "exercise", List.of(template(who)));
      }
      return builder.build(null);
    }
  }

  private static NetworkFailure refusal(String network) {
    return new NetworkFailure(
        network, new InferenceException("it refuses", "test", "restart", null));
  }

  private static float[] values(Template template) {
    float[] values = new float[template.dimension()];
    template.copyTo(values, 0);
    return values;
  }

  private static Template template(int who) {
    float[] values = new float[PEOPLE];
    values[who] = 1;
    return Template.normalised(PACK, values);
  }

  private static Face face(float x, float noseShiftPx) {
    return new Face(
        new BoxPx(x, 10, SIZE, SIZE),
        new Landmarks(
            new PointPx(x + 30, 50),
            new PointPx(x + 70, 50),
            new PointPx(x + 50 + noseShiftPx, 70),
            new PointPx(x + 35, 90),
            new PointPx(x + 65, 90)),
        0.9f);
  }

  /** What happens when a face is looked at for attacks, and when it is assessed. */
  private record Attacks(Runnable looking, Runnable assessing) implements AttackDetector {
    @Override
    public PresentedFace look(Picture picture, BoxPx face) {
      looking.run();
      return new PresentedFace(List.of(BgrPicture.allocate(1, 1)));
    }

    @Override
    public PresentationCheck assess(PresentedFace face) {
      assessing.run();
      return new PresentationCheck(1, 0.5, PACK);
    }

    @Override
    public void close() {}
  }

  private final class Finder implements FaceDetector {
    @Override
    public List<Face> detect(Picture picture) {
      int camera = cameraOf(picture);
      if (networkFails.test(camera)) {
        throw refusal("detector's");
      }
      if (throwsOnSearch.test(camera)) {
        throw new IllegalStateException("a frame that nobody expected");
      }
      return List.of(face(20, 0), face(250, 0));
    }

    @Override
    public Optional<Face> refine(Picture picture, Face face) {
      int who = who(picture, face.box().x());
      if (networkFailsOnCloserLook.test(who)) {
        throw refusal("detector's");
      }
      if (throwsOnCloserLook.test(who)) {
        throw new IllegalStateException("a face that nobody expected");
      }
      return Optional.of(profile.test(who) ? face(face.box().x(), 40) : face);
    }

    @Override
    public void close() {}
  }

  private final class Namer implements FaceEmbedder {
    @Override
    public AlignedFace align(Picture picture, Landmarks landmarks) {
      int who = who(picture, landmarks.rightEye().x());
      if (throwsOnAligning.test(who)) {
        throw new IllegalArgumentException("landmarks that nobody expected");
      }
      AlignedFace face = new AlignedFace(1, new byte[] {(byte) who, 1, 1});
      aligned.add(face);
      return face;
    }

    @Override
    public List<Template> embed(List<AlignedFace> faces) {
      List<Template> templates =
          faces.stream()
              .map(
                  face -> {
                    int who = face.bgr()[0];
                    return hasNoTemplate.test(who)
                        ? Template.normalised(PACK, new float[PEOPLE])
                        : template(who);
                  })
              .toList();
      views.addAll(templates);
      return templates;
    }

    @Override
    public String modelPack() {
      return PACK;
    }

    @Override
    public int dimension() {
      return PEOPLE;
    }

    @Override
    public void close() {}
  }
}
