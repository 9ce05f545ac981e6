package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.filter2D;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;

/**
 * One thing that makes a picture of a face worse, to measure what it costs. Lengths are shares of
 * the face's height, so that a degradation means the same at any size. Immutable and thread-safe.
 */
public interface Degradation {
  /**
   * A worse picture of the same size; the given one stays as it is.
   *
   * @param face in this picture
   * @param chance decides what is left open; the same one gives the same bytes
   */
  BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance);

  /** Leaves a picture as it is. */
  record None() implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      return picture;
    }
  }

  /**
   * A lens out of focus: Gaussian blur.
   *
   * @param sigmaShare standard deviation, as a share of the face's height; above 0
   */
  record Defocus(double sigmaShare) implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      BgrPicture blurred = Repaint.blank(picture);
      try (Mat from = Mats.of(picture);
          Mat to = Mats.of(blurred);
          Size fitting = new Size(0, 0)) {
        GaussianBlur(from, to, fitting, sigmaShare * face.box().height());
      }
      return blurred;
    }
  }

  /**
   * A face that moved while the shutter was open, straight on, in a direction left to chance.
   *
   * @param lengthShare way it went, as a share of its height; above 0
   */
  record MotionBlur(double lengthShare) implements Degradation {
    private static final int POINTS = 64;

    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      double lengthPx = lengthShare * face.box().height();
      double direction = chance.nextDouble() * Math.PI;
      int reach = (int) Math.ceil(lengthPx / 2) + 1;
      int side = 2 * reach + 1;
      BgrPicture blurred = Repaint.blank(picture);
      try (Mat from = Mats.of(picture);
          Mat to = Mats.of(blurred);
          Mat kernel = new Mat(side, side, CV_32FC1);
          FloatIndexer weights = kernel.createIndexer()) {
        float[][] way = way(side, reach, lengthPx, direction);
        for (int row = 0; row < side; row++) {
          weights.put(row, 0, way[row]);
        }
        filter2D(from, to, -1, kernel);
      }
      return blurred;
    }

    /** The share of the exposure spent at each pixel: points of a line, dealt to their four. */
    private static float[][] way(int side, int centre, double lengthPx, double direction) {
      float[][] way = new float[side][side];
      for (int i = 0; i < POINTS; i++) {
        double along = ((i + 0.5) / POINTS - 0.5) * lengthPx;
        double x = centre + along * Math.cos(direction);
        double y = centre + along * Math.sin(direction);
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double right = x - column;
        double down = y - row;
        way[row][column] += (float) ((1 - right) * (1 - down) / POINTS);
        way[row][column + 1] += (float) (right * (1 - down) / POINTS);
        way[row + 1][column] += (float) ((1 - right) * down / POINTS);
        way[row + 1][column + 1] += (float) (right * down / POINTS);
      }
      return way;
    }
  }

  /**
   * More or less light on the sensor; what is too bright is cut off. No noise is added, as a camera
   * would by raising its gain.
   *
   * @param factor of the light, above 0
   */
  record Exposure(double factor) implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      return Repaint.mapped(picture, level -> encoded(factor * light(level / 255)) * 255);
    }

    /** The light of a level of sRGB, both in [0, 1]. */
    private static double light(double level) {
      return level <= 0.04045 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double light) {
      return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }
  }

  /**
   * Haze: all levels nearer to mid grey.
   *
   * @param factor of the distance from it, in [0, 1]
   */
  record Contrast(double factor) implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      return Repaint.mapped(picture, level -> Repaint.GREY + factor * (level - Repaint.GREY));
    }
  }

  /**
   * A scarf: grey over the lower part of the face.
   *
   * @param share of the face's height, in [0, 1]
   */
  record LowerFaceCovered(double share) implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      BoxPx box = face.box();
      float height = (float) share * box.height();
      return Repaint.covered(
          picture, new BoxPx(box.x(), box.bottom() - height, box.width(), height));
    }
  }

  /** Sunglasses: grey over both eyes, two distances of the eyes wide and 0.6 high. */
  record EyesCovered() implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      Landmarks points = face.landmarks();
      float distance = (float) points.interEyeDistancePx();
      float middleX = (points.rightEye().x() + points.leftEye().x()) / 2;
      float middleY = (points.rightEye().y() + points.leftEye().y()) / 2;
      return Repaint.covered(
          picture,
          new BoxPx(middleX - distance, middleY - 0.3f * distance, 2 * distance, 0.6f * distance));
    }
  }

  /**
   * Written as JPEG and read again.
   *
   * @param quality 1 to 100
   */
  record Compression(int quality) implements Degradation {
    @Override
    public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
      try {
        return Stills.decode(JpegCodec.encode(picture, quality).bytes(), "a compressed picture");
      } catch (PictureException unreadable) {
        throw new IllegalStateException("a picture just written cannot be read", unreadable);
      }
    }
  }
}
