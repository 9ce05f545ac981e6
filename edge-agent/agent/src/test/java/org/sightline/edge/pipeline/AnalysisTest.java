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
import org.sightline.edge.domain.Alert;
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
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.match.Gallery;

/** Two cameras with a listed person in front of each, and networks that distinguish them. */
class AnalysisTest {
  private static final String PACK = "scripted";
  private static final List<CameraId> CAMERAS =
      List.of(new CameraId("left"), new CameraId("right"));
  private static final int FRAMES = 20;

  private final List<String> raised = new ArrayList<>();
  private final List<Integer> embeddedAtOnce = new ArrayList<>();

  /** One of those that are taken together, which are all alike here. */
  private final List<Search> searches = new ArrayList<>();

  @Test
  void whatComesOfAFrameDoesNotDependOnItsCompany() {
    run(1);
    List<String> alone = List.copyOf(raised);
    raised.clear();

    run(2);

    assertThat(raised).isEqualTo(alone).hasSize(2).anyMatch(each -> each.equals("left S-0"));
  }

  @Test
  void theViewsOfFramesThatAreTakenTogetherAreEmbeddedTogether() {
    run(2);
    assertThat(embeddedAtOnce).isNotEmpty().containsOnly(2);
  }

  @Test
  void ofTenFramesASecondEverySecondIsSearchedInFullFromTheFirstOn() {
    run(2);
    assertThat(searches).hasSize(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(searches.get(i)).isEqualTo(i % 2 == 0 ? Search.FULL : Search.QUICK);
    }
  }

  private void run(int together) {
    Engine engine = new Engine(new Finder(), new Namer());
    PipelineCounters counters = new PipelineCounters();
    try (Gallery gallery = gallery()) {
      Analysis analysis =
          new Analysis(
              CAMERAS,
              engine,
              counters,
              SearchedFrames.NONE,
              camera -> camera(camera, engine, gallery, counters));
      for (int number = 0; number < FRAMES; number++) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < CAMERAS.size(); i++) {
          frames.add(frame(CAMERAS.get(i), number, (byte) i));
        }
        for (int first = 0; first < frames.size(); first += together) {
          analysis.analyse(frames.subList(first, first + together));
        }
      }
      analysis.finish();
    }
  }

  private CameraAnalysis camera(
      CameraId camera, Engine engine, Gallery gallery, PipelineCounters counters) {
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
            engine,
            gallery,
            row -> new Jpeg(new byte[] {(byte) row}),
            AlertSettings.of(new Similarity(0.9))),
        counters,
        this::raise,
        sighting -> {},
        Clock.systemUTC());
  }

  private void raise(Alert alert, Duration at) {
    raised.add(alert.origin().camera() + " " + alert.match().subject());
  }

  private static Frame frame(CameraId camera, int number, byte who) {
    BgrPicture picture = BgrPicture.allocate(320, 240);
    picture.data().put(0, who);
    return new Frame(
        camera, number, Duration.ofMillis(100L * number), System.nanoTime(), picture, () -> {});
  }

  private static Gallery gallery() {
    try (Gallery.Builder builder = Gallery.builder(PACK, CAMERAS.size(), CAMERAS.size())) {
      for (byte who = 0; who < CAMERAS.size(); who++) {
        builder.add(new SubjectRef("S-" + who), "exercise", List.of(template(who)));
      }
      return builder.build(null);
    }
  }

  private static Template template(byte who) {
    float[] values = new float[CAMERAS.size()];
    values[who] = 1;
    return Template.normalised(PACK, values);
  }

  private static byte who(Picture picture) {
    return ((BgrPicture) picture).data().get(0);
  }

  /** A face in the middle of every picture. */
  private final class Finder implements FaceDetector {
    @Override
    public List<Face> detect(Picture picture) {
      return List.of(
          new Face(
              new BoxPx(100, 60, 100, 100),
              new Landmarks(
                  new PointPx(130, 100),
                  new PointPx(170, 100),
                  new PointPx(150, 120),
                  new PointPx(135, 140),
                  new PointPx(165, 140)),
              0.9f));
    }

    @Override
    public List<List<Face>> detectAll(List<Part> parts, Search search) {
      searches.add(search);
      return FaceDetector.super.detectAll(parts, search);
    }

    @Override
    public Optional<Face> refine(Picture picture, Face face) {
      return Optional.of(face);
    }

    @Override
    public void close() {}
  }

  private final class Namer implements FaceEmbedder {
    @Override
    public AlignedFace align(Picture picture, Landmarks landmarks) {
      return new AlignedFace(1, new byte[] {who(picture), 0, 0});
    }

    @Override
    public List<Template> embed(List<AlignedFace> faces) {
      embeddedAtOnce.add(faces.size());
      return faces.stream().map(face -> template(face.bgr()[0])).toList();
    }

    @Override
    public String modelPack() {
      return PACK;
    }

    @Override
    public int dimension() {
      return CAMERAS.size();
    }

    @Override
    public void close() {}
  }
}
