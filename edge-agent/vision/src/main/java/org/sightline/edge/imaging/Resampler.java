package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.function.BiConsumer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/**
 * Scales pictures: averages when shrinking, interpolates when enlarging. An I420 picture is scaled
 * plane by plane and only the result is converted to colour. One thread at a time; scratch planes
 * of the destination's size, and halves of the source, are kept between calls.
 */
public final class Resampler {
  private final YuvConversion colour = new YuvConversion();
  private final Shrinker shrinker = new Shrinker();

  /** Scales the whole source to the size of the destination, which the caller owns. */
  public void resample(Picture source, BgrPicture destination) {
    scale(
        source,
        destination,
        (from, to) -> {
          if (shrinks(from, to)) {
            shrinker.shrink(from, to);
          } else {
            interpolate(from, to);
          }
        });
  }

  /**
   * Scales as OpenCV does unless asked otherwise: linearly when shrinking too, so that pixels are
   * skipped and fine patterns beat. For networks that were trained on pictures made so.
   */
  public void interpolate(Picture source, BgrPicture destination) {
    scale(source, destination, Resampler::interpolate);
  }

  private void scale(Picture source, BgrPicture destination, BiConsumer<Mat, Mat> method) {
    if (source instanceof BgrPicture bgr) {
      try (Mat from = Mats.of(bgr);
          Mat to = Mats.of(destination)) {
        method.accept(from, to);
      }
    } else {
      I420Picture i420 = (I420Picture) source;
      colour.convert(
          (plane, to) -> {
            try (Mat from = Planes.of(i420, plane)) {
              method.accept(from, to);
            }
          },
          i420.coding(),
          destination);
    }
  }

  /** By area averaging alone when shrinking: slow, and the same at every factor. */
  static void scale(Mat from, Mat to) {
    scale(from, to, shrinks(from, to) ? INTER_AREA : INTER_LINEAR);
  }

  private static boolean shrinks(Mat from, Mat to) {
    return to.cols() <= from.cols() && to.rows() <= from.rows();
  }

  private static void interpolate(Mat from, Mat to) {
    scale(from, to, INTER_LINEAR);
  }

  static void scale(Mat from, Mat to, int interpolation) {
    try (Size size = new Size(to.cols(), to.rows())) {
      resize(from, to, size, 0, 0, interpolation);
    }
  }
}
