package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.Search;
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
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.testing.SampleCameras;

/** Two listed people stand before a camera, one in the left half of its view, one in the right. */
class WatchedViewTest {
  private static final String PACK = "scripted";
  private static final int WIDTH = 800;
  private static final int HEIGHT = 200;
  private static final int FRAMES = 20;
  private static final Zone LEFT_HALF = SampleCameras.LEFT_HALF;

  private final List<String> raised = new ArrayList<>();
  private final List<Float> refinedAt = new ArrayList<>();
  private final List<Float> embeddedAt = new ArrayList<>();
  private final List<Part> searched = new ArrayList<>();
  private int wholeSearches;
  private final PipelineCounters counters = new PipelineCounters();

  @Test
  void withoutAZoneBothAreFollowed() {
    run(new WatchedView(null), false);

    assertThat(raised).containsExactlyInAnyOrder("S-0", "S-1");
    assertThat(counters.snapshot(0).passes()).isEqualTo(2);
  }

  @Test
  void whoStandsOutsideTheZoneRaisesNoAlert() {
    run(new WatchedView(LEFT_HALF), false);

    assertThat(raised).containsExactly("S-0");
  }

  @Test
  void whoStandsOutsideTheZoneIsInNoCount() {
    run(new WatchedView(LEFT_HALF), false);

    PipelineCounters.Snapshot counted = counters.snapshot(0);
    assertThat(counted.faces().detected()).isEqualTo(FRAMES);
    assertThat(counted.passes()).isEqualTo(1);
    assertThat(counted.alerts().raised()).isEqualTo(1);
  }

  @Test
  void whoStandsOutsideTheZoneIsNeitherLookedAtAgainNorEmbedded() {
    run(new WatchedView(LEFT_HALF), false);

    assertThat(refinedAt).isNotEmpty().allMatch(x -> x < WIDTH / 2f);
    assertThat(embeddedAt).isNotEmpty().allMatch(x -> x < WIDTH / 2f);
  }

  @Test
  void onlyTheZoneAndItsMarginAreSearched() {
    run(new WatchedView(LEFT_HALF), false);

    assertThat(searched)
        .hasSize(FRAMES)
        .allSatisfy(
            part -> {
              assertThat(part.left()).isZero();
              assertThat(part.pixels().widthPx()).isEqualTo(WIDTH / 2 + HEIGHT / 10);
              assertThat(part.whole().widthPx()).isEqualTo(WIDTH);
            });
    assertThat(wholeSearches).isZero();
  }

  @Test
  void theWholeFrameOfAnAlertIsSearchedWhereAFigureMayBeSentSoThatEverybodyInItIsHidden() {
    run(new WatchedView(LEFT_HALF), true);

    assertThat(raised).containsExactly("S-0");
    assertThat(wholeSearches).isEqualTo(1);
    assertThat(counters.snapshot(0).passes()).isEqualTo(1);
  }

  @Test
  void aFaceBelongsToTheZoneByItsCentre() {
    WatchedView view = new WatchedView(LEFT_HALF);
    BgrPicture frame = BgrPicture.allocate(WIDTH, HEIGHT);
    Face within = face(WIDTH / 2f - 1);
    Face outside = face(WIDTH / 2f + 1);

    assertThat(view.within(frame, List.of(outside, within))).containsExactly(within);
  }

  private void run(WatchedView view, boolean bodyPicture) {
    CameraId camera = new CameraId("mast-1");
    Engine engine = new Engine(new Finder(), new Namer());
    try (Gallery gallery = gallery()) {
      Analysis analysis =
          new Analysis(
              List.of(camera),
              engine,
              counters,
              SearchedFrames.NONE,
              id -> camera(id, view, bodyPicture, new Parts(engine, gallery)));
      for (int number = 0; number < FRAMES; number++) {
        analysis.analyse(
            List.of(
                new Frame(
                    camera,
                    number,
                    Duration.ofMillis(100L * number),
                    System.nanoTime(),
                    BgrPicture.allocate(WIDTH, HEIGHT),
                    () -> {})));
      }
      analysis.finish();
    }
  }

  private record Parts(Engine engine, Gallery gallery) {}

  private CameraAnalysis camera(
      CameraId camera, WatchedView view, boolean bodyPicture, Parts parts) {
    return new CameraAnalysis(
        camera,
        view,
        new Deployment(
            new DeploymentId("D-1"),
            new VanId("van-1"),
            new Place("here"),
            PACK,
            Calibration.none(Scoring.COSINE),
            bodyPicture),
        new Recognition(
            parts.engine(),
            parts.gallery(),
            row -> new Jpeg(new byte[] {(byte) row}),
            AlertSettings.of(new Similarity(0.9))),
        counters,
        (alert, at) -> raised.add(alert.match().subject().value()),
        sighting -> {},
        Clock.systemUTC());
  }

  private static Gallery gallery() {
    try (Gallery.Builder builder = Gallery.builder(PACK, 2, 2)) {
      builder.add(new SubjectRef("S-0"), "exercise", List.of(template(0)));
      builder.add(new SubjectRef("S-1"), "exercise", List.of(template(1)));
      return builder.build(null);
    }
  }

  private static Template template(int who) {
    float[] values = new float[2];
    values[who] = 1;
    return Template.normalised(PACK, values);
  }

  /** A face of 100 px in the middle of the picture's height. */
  private static Face face(float centreX) {
    float x = centreX - 50;
    return new Face(
        new BoxPx(x, 50, 100, 100),
        new Landmarks(
            new PointPx(x + 30, 90),
            new PointPx(x + 70, 90),
            new PointPx(x + 50, 110),
            new PointPx(x + 35, 130),
            new PointPx(x + 65, 130)),
        0.9f);
  }

  /** Finds both, wherever it is asked to search: what lies outside has to be left out after it. */
  private final class Finder implements FaceDetector {
    @Override
    public List<Face> detect(Picture picture) {
      if (picture.widthPx() == WIDTH) {
        wholeSearches++;
        return List.of(face(WIDTH / 4f), face(3 * WIDTH / 4f));
      }
      return List.of();
    }

    @Override
    public List<List<Face>> detectAll(List<Part> parts, Search search) {
      searched.addAll(parts);
      return parts.stream().map(part -> List.of(face(WIDTH / 4f), face(3 * WIDTH / 4f))).toList();
    }

    @Override
    public Optional<Face> refine(Picture picture, Face face) {
      refinedAt.add(face.box().centreX());
      return Optional.of(face);
    }

    @Override
    public void close() {}
  }

  /** Knows people by where they stand. */
  private final class Namer implements FaceEmbedder {
    @Override
    public AlignedFace align(Picture picture, Landmarks landmarks) {
      boolean left = landmarks.noseTip().x() < WIDTH / 2f;
      embeddedAt.add(landmarks.noseTip().x());
      return new AlignedFace(1, new byte[] {(byte) (left ? 0 : 1), 0, 0});
    }

    @Override
    public List<Template> embed(List<AlignedFace> faces) {
      return faces.stream().map(face -> template(face.bgr()[0])).toList();
    }

    @Override
    public String modelPack() {
      return PACK;
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public void close() {}
  }
}
