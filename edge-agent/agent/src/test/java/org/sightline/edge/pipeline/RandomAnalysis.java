package org.sightline.edge.pipeline;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
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
import org.sightline.edge.domain.YuvCoding;
import org.sightline.edge.domain.YuvCoding.Matrix;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.match.Gallery;

/**
 * The real analysis of two cameras, with frames of any size and networks that answer anything at
 * all: no numbers, numbers without end, equal points, faces beyond the picture, thousands of faces,
 * no face on a closer look, vectors of zeros, exceptions. What they answer is read from bytes.
 */
final class RandomAnalysis implements FaceDetector, FaceEmbedder {
  private static final String PACK = "random";
  private static final int DIMENSION = 4;
  private static final List<CameraId> CAMERAS =
      List.of(new CameraId("left"), new CameraId("right"));
  private static final int MOST_FRAMES = 24;
  private static final int CROWD = 10_000;
  private static final List<PointPx> ALIGNED =
      List.of(
          new PointPx(10, 14),
          new PointPx(22, 14),
          new PointPx(16, 20),
          new PointPx(11, 26),
          new PointPx(21, 26));
  private static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    0,
    -0f,
    1e9f,
    -1e9f
  };

  final List<AlignedFace> aligned = new ArrayList<>();
  final List<Alert> raised = new ArrayList<>();
  final PipelineCounters counters = new PipelineCounters();
  private final ByteBuffer bytes;
  private final FaceCropper cropper = new FaceCropper();
  private int crowds;

  RandomAnalysis(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Runs until the bytes are used up, or enough frames went through. */
  void run() {
    try (Gallery gallery = gallery()) {
      Engine engine = new Engine(this, this);
      Analysis analysis =
          new Analysis(
              CAMERAS,
              engine,
              counters,
              SearchedFrames.NONE,
              camera -> camera(camera, engine, gallery));
      for (int number = 0; number < MOST_FRAMES && bytes.hasRemaining(); number++) {
        List<Frame> frames = new ArrayList<>();
        for (CameraId camera : CAMERAS) {
          frames.add(
              new Frame(camera, number, Duration.ofMillis(130L * number), 0, picture(), () -> {}));
        }
        analysis.analyse(frames);
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
            engine,
            gallery,
            row -> {
              failSometimes();
              return new Jpeg(new byte[] {1});
            },
            AlertSettings.of(new Similarity(0.5))),
        counters,
        (alert, at) -> raised.add(alert),
        sighting -> {},
        Clock.systemUTC());
  }

  private static Gallery gallery() {
    try (Gallery.Builder builder = Gallery.builder(PACK, DIMENSION, DIMENSION)) {
      for (int i = 0; i < DIMENSION; i++) {
        float[] values = new float[DIMENSION];
        values[i] = 1;
        builder.add(
            new SubjectRef("S-" + i), "exercise", List.of(Template.normalised(PACK, values)));
      }
      return builder.build(null);
    }
  }

  private int next() {
    return bytes.hasRemaining() ? bytes.get() & 0xff : 0;
  }

  private void failSometimes() {
    if (next() == 13) {
      throw new IllegalStateException("one in 256 fails");
    }
  }

  private Picture picture() {
    int width = 1 + next();
    int height = 1 + next();
    int spare = next() % 4;
    if (next() % 2 == 0) {
      int stride = 3 * width + spare;
      return new BgrPicture(width, height, stride, ByteBuffer.allocateDirect(stride * height));
    }
    int chroma = (width + 1) / 2 + spare;
    ByteBuffer plane = ByteBuffer.allocateDirect(chroma * ((height + 1) / 2));
    return new I420Picture(
        width,
        height,
        ByteBuffer.allocateDirect((width + spare) * height),
        width + spare,
        plane,
        plane.duplicate(),
        chroma,
        new YuvCoding(spare < 2 ? Matrix.BT_601 : Matrix.BT_709, spare == 1));
  }

  /** Mostly within a picture of some hundred pixels. */
  private float number() {
    int value = next();
    return value < SPECIAL.length ? SPECIAL[value] : value - SPECIAL.length;
  }

  private Face face() {
    if (next() % 4 == 0) {
      return new Face(
          new BoxPx(number(), number(), number(), number()),
          new Landmarks(point(), point(), point(), point(), point()),
          number() / 200);
    }
    // One that could be real, so that what comes after is reached too.
    float x = next() / 4f;
    float y = next() / 4f;
    float size = 30 + next() / 4f;
    float nose = next() / 255f;
    return new Face(
        new BoxPx(x, y, size, size),
        new Landmarks(
            new PointPx(x + 0.25f * size, y + 0.4f * size),
            new PointPx(x + 0.75f * size, y + 0.4f * size),
            new PointPx(x + nose * size, y + 0.6f * size),
            new PointPx(x + 0.3f * size, y + 0.8f * size),
            new PointPx(x + 0.7f * size, y + 0.8f * size)),
        0.9f);
  }

  private PointPx point() {
    return new PointPx(number(), number());
  }

  @Override
  public List<Face> detect(Picture picture) {
    failSometimes();
    int count = next();
    if (count == 255 && crowds++ == 0) {
      Face one = face();
      List<Face> crowd = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        BoxPx box = one.box();
        crowd.add(
            new Face(
                new BoxPx(box.x() + i % 100, box.y() + i / 100f, box.width(), box.height()),
                one.landmarks(),
                0.9f));
      }
      return crowd;
    }
    List<Face> faces = new ArrayList<>();
    for (int i = 0; i < count % 6; i++) {
      faces.add(face());
    }
    return faces;
  }

  @Override
  public Optional<Face> refine(Picture picture, Face face) {
    failSometimes();
    return switch (next() % 4) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(face());
      default -> Optional.of(face);
    };
  }

  @Override
  public AlignedFace align(Picture picture, Landmarks landmarks) {
    failSometimes();
    AlignedFace face = cropper.align(picture, landmarks, ALIGNED, 32);
    face.bgr()[0] = 1;
    aligned.add(face);
    return face;
  }

  @Override
  public List<Template> embed(List<AlignedFace> faces) {
    return faces.stream()
        .map(
            face -> {
              failSometimes();
              float[] values = new float[DIMENSION];
              for (int i = 0; i < DIMENSION; i++) {
                values[i] = next() % 8 == 0 ? number() : 0;
              }
              return Template.normalised(PACK, values);
            })
        .toList();
  }

  @Override
  public String modelPack() {
    return PACK;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public void close() {}
}
