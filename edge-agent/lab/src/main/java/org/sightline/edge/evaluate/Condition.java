package org.sightline.edge.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.evaluate.street.Backlight;
import org.sightline.edge.evaluate.street.Rain;
import org.sightline.edge.evaluate.street.Tilt;
import org.sightline.edge.evaluate.street.Worn;
import org.sightline.edge.imaging.Degradation;
import org.sightline.edge.imaging.Resampler;

/**
 * One thing that makes faces harder to recognise, in steps; everything else is left as it was.
 *
 * @param name as in results and on the command line
 * @param unit of the steps' values
 */
record Condition(String name, String unit, List<Step> steps) {
  /** Height of the faces in all conditions but the height itself. */
  static final double USUAL_HEIGHT_PX = 80;

  /** Nothing but the usual height. */
  static final Treatment USUAL = new Treatment(USUAL_HEIGHT_PX, new Degradation.None());

  private static final String SHARE_OF_FACE_HEIGHT = "share of the face's height";

  Condition {
    steps = List.copyOf(steps);
  }

  /** A step, and what is done to pictures for it. */
  record Step(double value, Treatment treatment) {}

  /** A face with its picture. */
  record Seen(BgrPicture picture, Face face) {}

  /**
   * What is done to a picture.
   *
   * @param faceHeightPx to which the face is shrunk, its whole picture with it
   */
  record Treatment(double faceHeightPx, Degradation degradation) {
    /** Whether it can be done without enlarging the picture, which would show nothing new. */
    boolean suits(Face face) {
      return face.box().height() >= faceHeightPx;
    }

    /** The treated picture, and where its face is now. */
    Seen of(Seen original, Resampler resampler, RandomGenerator chance) {
      BgrPicture from = original.picture();
      double scale = faceHeightPx / original.face().box().height();
      BgrPicture to =
          BgrPicture.allocate(
              Math.max(1, (int) Math.round(scale * from.widthPx())),
              Math.max(1, (int) Math.round(scale * from.heightPx())));
      resampler.resample(from, to);
      Face face =
          scaled(
              original.face(),
              (float) to.widthPx() / from.widthPx(),
              (float) to.heightPx() / from.heightPx());
      return new Seen(degradation.of(to, face, chance), face);
    }

    private static Face scaled(Face face, float x, float y) {
      BoxPx box = face.box();
      Landmarks points = face.landmarks();
      return new Face(
          new BoxPx(x * box.x(), y * box.y(), x * box.width(), y * box.height()),
          new Landmarks(
              scaled(points.rightEye(), x, y),
              scaled(points.leftEye(), x, y),
              scaled(points.noseTip(), x, y),
              scaled(points.rightMouth(), x, y),
              scaled(points.leftMouth(), x, y)),
          face.score());
    }

    private static PointPx scaled(PointPx point, float x, float y) {
      return new PointPx(x * point.x(), y * point.y());
    }
  }

  /** All that can be made from a good picture. */
  static List<Condition> all() {
    return List.of(
        new Condition(
            "faceHeight",
            "px",
            Stream.of(16, 20, 24, 32, 40, 48, 64, 80, 112, 160, 200)
                .map(px -> new Step(px, new Treatment(px, new Degradation.None())))
                .toList()),
        degraded(
            "defocus",
            SHARE_OF_FACE_HEIGHT,
            0,
            Degradation.Defocus::new,
            0.01,
            0.02,
            0.03,
            0.05,
            0.08),
        degraded(
            "motionBlur",
            SHARE_OF_FACE_HEIGHT,
            0,
            Degradation.MotionBlur::new,
            0.01,
            0.02,
            0.03,
            0.05,
            0.08),
        degraded("exposure", "factor", 1, Degradation.Exposure::new, 0.125, 0.25, 0.5, 2),
        degraded("contrast", "factor", 1, Degradation.Contrast::new, 0.3, 0.5, 0.7),
        degraded(
            "lowerFaceCovered",
            SHARE_OF_FACE_HEIGHT,
            0,
            Degradation.LowerFaceCovered::new,
            0.2,
            0.35,
            0.5),
        degraded("eyesCovered", "0 or 1", 0, covered -> new Degradation.EyesCovered(), 1),
        degraded(
            "jpegQuality",
            "JPEG quality, 100 for none",
            100,
            quality -> new Degradation.Compression((int) quality),
            95,
            75,
            50,
            30,
            20,
            10),
        worn("hat", Worn.CAP, Worn.WOOLLEN_HAT, Worn.HOOD),
        worn("mask", Worn.MASK),
        worn("glasses", Worn.CLEAR_GLASSES, Worn.DARK_GLASSES),
        degraded("tilt", "degrees clockwise", 0, Tilt::new, -30, -15, 15, 30),
        degraded(
            "backlight", "factor of the levels of the head", 1, Backlight::new, 0.5, 0.25, 0.125),
        degraded("rain", "share of the picture behind drops", 0, Rain::new, 0.05, 0.15, 0.3));
  }

  /** Bare-headed first; the value counts what is worn, from 1. */
  private static Condition worn(String name, Worn... kinds) {
    List<String> names =
        Arrays.stream(kinds).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    double[] values = IntStream.rangeClosed(1, kinds.length).asDoubleStream().toArray();
    return degraded(
        name, "0 none, then: " + String.join(", ", names), 0, i -> kinds[(int) i - 1], values);
  }

  /**
   * Steps at the usual height, the ideal one first.
   *
   * @param ideal value at which nothing is done
   */
  private static Condition degraded(
      String name, String unit, double ideal, DoubleFunction<Degradation> kind, double... values) {
    return new Condition(
        name,
        unit,
        Stream.concat(
                Stream.of(new Step(ideal, USUAL)),
                Arrays.stream(values)
                    .mapToObj(
                        value ->
                            new Step(value, new Treatment(USUAL_HEIGHT_PX, kind.apply(value)))))
            .toList());
  }
}
