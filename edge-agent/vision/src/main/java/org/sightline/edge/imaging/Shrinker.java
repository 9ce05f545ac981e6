package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Shrinks by halves for as long as that goes, because OpenCV averages four pixels many times faster
 * than an area with a fraction, and only then by what is left. One thread at a time; the halves are
 * kept between calls.
 */
final class Shrinker {
  /**
   * Up to this factor linear interpolation still looks at nearly every pixel, and landmarks lie as
   * well as in averaged pictures; at 5 / 3 they lay a little worse.
   */
  private static final double LARGEST_LINEAR = 4.0 / 3;

  private ByteBuffer halves = ByteBuffer.allocateDirect(0);

  /** Fills a destination that is neither wider nor higher than the source. */
  void shrink(Mat from, Mat to) {
    if (halves(from, to)) {
      // A quarter of the pixels, a quarter of those, and so on: less than a third together.
      halves = Mats.atLeast(from.rows() * from.cols() * from.channels() / 3, halves);
    }
    shrink(from, to, halves);
  }

  private static void shrink(Mat from, Mat to, ByteBuffer scratch) {
    if (!halves(from, to)) {
      Resampler.scale(from, to, mostlySeen(from, to) ? INTER_LINEAR : INTER_AREA);
      return;
    }
    int rows = from.rows() / 2;
    int columns = from.cols() / 2;
    int strideBytes = columns * from.channels();
    int sizeBytes = rows * strideBytes;
    try (Mat half = Mats.of(scratch.slice(0, sizeBytes), rows, columns, from.type(), strideBytes)) {
      Resampler.scale(from, half, INTER_AREA);
      shrink(half, to, scratch.slice(sizeBytes, scratch.capacity() - sizeBytes));
    }
  }

  /** Whether a half is larger than what is wanted, and lies nowhere but where it should. */
  private static boolean halves(Mat from, Mat to) {
    return from.cols() % 2 == 0
        && from.rows() % 2 == 0
        && from.cols() > 2 * to.cols()
        && from.rows() > 2 * to.rows();
  }

  private static boolean mostlySeen(Mat from, Mat to) {
    return from.cols() <= LARGEST_LINEAR * to.cols() && from.rows() <= LARGEST_LINEAR * to.rows();
  }
}
