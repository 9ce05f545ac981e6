package org.sightline.edge.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.pipeline.Engine;

/**
 * A face that is drawn and nobody's, the same to the byte on every box, and what the networks of a
 * pack make of it: known from the drawing, and where it was stored for the pack, as a template.
 */
final class KnownFace {
  /**
   * For a pack and its version, the template of the drawn face where its landmarks were drawn:
   * base64 of 32-bit floats, big-endian.
   */
  private static final String STORED = "known-answers.properties";

  /** A detector's eyes, nose and mouth lie at most so far from those that were drawn. */
  private static final double FARTHEST_LANDMARK_PX = 16;

  /** The side of the square in which it was drawn first, which its known templates are of. */
  static final int SIDE_PX = 256;

  private static final int BACKGROUND = 90;

  /** Ellipses from back to front: centre, half axes, and grey; in pixels. */
  private static final double[][] ELLIPSES = {
    {128, 110, 62, 80, 45}, // hair
    {128, 128, 52, 68, 190}, // skin
    {104, 100, 15, 4, 70}, // brows
    {152, 100, 15, 4, 70},
    {104, 113, 12, 7, 235}, // eyes
    {152, 113, 12, 7, 235},
    {104, 113, 6, 6, 40},
    {152, 113, 6, 6, 40},
    {128, 136, 7, 14, 165}, // nose
    {122, 149, 4, 3, 90},
    {134, 149, 4, 3, 90},
    {128, 168, 22, 7, 110}, // mouth
    {128, 168, 18, 2, 60},
  };

  private KnownFace() {}

  /**
   * What networks made of it.
   *
   * @param found whether the detector found it, and nothing else, where it was drawn
   * @param template of it, for the caller to close
   */
  record Answer(boolean found, Template template) {}

  /** Has both networks of a pack run. */
  static Answer shownTo(InstalledPack pack, Compute compute) throws SightlineException {
    BgrPicture picture = picture(SIDE_PX);
    try (Engine engine = Engine.open(pack, DetectionSettings.frames(null, compute))) {
      List<Face> faces = engine.detector().detect(picture);
      return new Answer(
          faces.size() == 1 && isThere(faces.get(0)),
          template(engine.embedder(), picture, SIDE_PX));
    }
  }

  /**
   * The template of the face in the upper left of a picture, where its landmarks were drawn, for
   * the caller to close.
   *
   * @param sidePx of the square that it fills
   */
  static Template template(FaceEmbedder embedder, BgrPicture picture, int sidePx) {
    try (AlignedFace face = embedder.align(picture, landmarks(sidePx))) {
      return embedder.embed(List.of(face)).get(0);
    }
  }

  private static boolean isThere(Face face) {
    List<PointPx> found = face.landmarks().inOrder();
    List<PointPx> drawn = landmarks(SIDE_PX).inOrder();
    for (int i = 0; i < drawn.size(); i++) {
      PointPx one = found.get(i);
      PointPx other = drawn.get(i);
      if (!(Math.hypot(one.x() - other.x(), one.y() - other.y()) <= FARTHEST_LANDMARK_PX)) {
        return false;
      }
    }
    return true;
  }

  /** The template that it has to give; empty where none is stored for the pack. */
  static Optional<Template> stored(ModelPack pack) {
    Properties all = new Properties();
    try (InputStream in =
        Objects.requireNonNull(KnownFace.class.getResourceAsStream(STORED), STORED)) {
      all.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String stored = all.getProperty(pack.name() + "." + pack.version());
    if (stored == null) {
      return Optional.empty();
    }
    float[] values = new float[pack.embedder().dimension()];
    ByteBuffer.wrap(Base64.getDecoder().decode(stored)).asFloatBuffer().get(values);
    return Optional.of(Template.normalised(pack.name(), values));
  }

  /** The face alone, in a square. */
  static BgrPicture picture(int sidePx) {
    BgrPicture picture = BgrPicture.allocate(sidePx, sidePx);
    draw(picture, 0, sidePx);
    return picture;
  }

  /**
   * Draws the face into the top of a picture.
   *
   * @param leftPx where its square begins
   * @param sidePx of its square
   */
  static void draw(BgrPicture picture, int leftPx, int sidePx) {
    ByteBuffer data = picture.data();
    double scale = (double) SIDE_PX / sidePx;
    for (int row = 0; row < sidePx; row++) {
      for (int column = 0; column < sidePx; column++) {
        int grey = grey(column * scale, row * scale);
        int at = row * picture.strideBytes() + 3 * (leftPx + column);
        data.put(at, (byte) (grey * 8 / 10));
        data.put(at + 1, (byte) (grey * 9 / 10));
        data.put(at + 2, (byte) grey);
      }
    }
  }

  private static int grey(double column, double row) {
    int grey = BACKGROUND;
    for (double[] ellipse : ELLIPSES) {
      double x = (column - ellipse[0]) / ellipse[2];
      double y = (row - ellipse[1]) / ellipse[3];
      if (x * x + y * y <= 1) {
        // Lit from one side, as no flat surface is taken for a face.
        grey = (int) (ellipse[4] * (1 - 0.25 * x * x - 0.1 * x));
      }
    }
    return Math.min(255, grey);
  }

  /** Where its eyes, nose and mouth were drawn. */
  private static Landmarks landmarks(int sidePx) {
    double scale = (double) sidePx / SIDE_PX;
    return new Landmarks(
        at(104, 113, scale),
        at(152, 113, scale),
        at(128, 146, scale),
        at(110, 168, scale),
        at(146, 168, scale));
  }

  private static PointPx at(double x, double y, double scale) {
    return new PointPx((float) (x * scale), (float) (y * scale));
  }
}
