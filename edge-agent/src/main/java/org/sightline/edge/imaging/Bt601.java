package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.transform;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.sightline.edge.domain.BgrPicture;

/**
 * From luma and chroma planes of one size to blue, green and red (ITU-R BT.601). The planes are its
 * own, reused from call to call; one thread at a time.
 */
final class Bt601 {
  private static final ByteBuffer LIMITED_RANGE = matrix(255.0 / 219, 255.0 / 224, 16);
  private static final ByteBuffer FULL_RANGE = matrix(1, 1, 0);

  private ByteBuffer planes = ByteBuffer.allocateDirect(0);
  private ByteBuffer merged = ByteBuffer.allocateDirect(0);

  /** Fills one plane (0 luma, 1 and 2 chroma) of the destination's size. */
  interface PlaneSource {
    void fill(int plane, Mat destination);
  }

  void convert(PlaneSource source, boolean fullRange, BgrPicture destination) {
    int width = destination.widthPx();
    int height = destination.heightPx();
    int size = width * height;
    planes = Mats.atLeast(3 * size, planes);
    merged = Mats.atLeast(3 * size, merged);
    try (Mat y = Mats.plane(planes.slice(0, size), width, height, width);
        Mat u = Mats.plane(planes.slice(size, size), width, height, width);
        Mat v = Mats.plane(planes.slice(2 * size, size), width, height, width);
        MatVector yuv = new MatVector(y, u, v);
        Mat mixed = Mats.of(merged, height, width, CV_8UC3, 3 * width);
        Mat matrix = Mats.of(fullRange ? FULL_RANGE : LIMITED_RANGE, 3, 4, CV_32FC1, 4 * 4);
        Mat bgr = Mats.of(destination)) {
      source.fill(0, y);
      source.fill(1, u);
      source.fill(2, v);
      merge(yuv, mixed);
      transform(mixed, bgr, matrix);
    }
  }

  /** Rows blue, green, red; columns Y, U, V, constant. */
  private static ByteBuffer matrix(double luma, double chroma, double black) {
    double[] u = {1.772 * chroma, -0.344136 * chroma, 0};
    double[] v = {0, -0.714136 * chroma, 1.402 * chroma};
    ByteBuffer rows = ByteBuffer.allocateDirect(3 * 4 * 4).order(ByteOrder.nativeOrder());
    for (int colour = 0; colour < 3; colour++) {
      rows.putFloat((float) luma)
          .putFloat((float) u[colour])
          .putFloat((float) v[colour])
          .putFloat((float) (-luma * black - 128 * (u[colour] + v[colour])));
    }
    return rows;
  }
}
