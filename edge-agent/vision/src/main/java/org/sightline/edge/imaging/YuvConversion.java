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
import org.sightline.edge.domain.YuvCoding;
import org.sightline.edge.domain.YuvCoding.Matrix;

/**
 * From luma and chroma planes of one size to blue, green and red. The planes are its own, reused
 * from call to call; one thread at a time.
 */
final class YuvConversion {
  private final ByteBuffer rows =
      ByteBuffer.allocateDirect(3 * 4 * 4).order(ByteOrder.nativeOrder());
  private ByteBuffer planes = ByteBuffer.allocateDirect(0);
  private ByteBuffer merged = ByteBuffer.allocateDirect(0);

  /** Fills one plane (0 luma, 1 and 2 chroma) of the destination's size. */
  interface PlaneSource {
    void fill(int plane, Mat destination);
  }

  void convert(PlaneSource source, YuvCoding coding, BgrPicture destination) {
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
        Mat matrix = Mats.of(rows(coding), 3, 4, CV_32FC1, 4 * 4);
        Mat bgr = Mats.of(destination)) {
      source.fill(0, y);
      source.fill(1, u);
      source.fill(2, v);
      merge(yuv, mixed);
      transform(mixed, bgr, matrix);
    }
  }

  /** Rows blue, green, red; columns Y, U, V, constant. */
  private ByteBuffer rows(YuvCoding coding) {
    Matrix matrix = coding.matrix();
    double luma = coding.fullRange() ? 1 : 255.0 / 219;
    double chroma = coding.fullRange() ? 1 : 255.0 / 224;
    double black = coding.fullRange() ? 0 : 16;
    double blue = 2 * (1 - matrix.blue()) * chroma;
    double red = 2 * (1 - matrix.red()) * chroma;
    double[] u = {blue, -blue * matrix.blue() / matrix.green(), 0};
    double[] v = {0, -red * matrix.red() / matrix.green(), red};
    rows.clear();
    for (int colour = 0; colour < 3; colour++) {
      rows.putFloat((float) luma)
          .putFloat((float) u[colour])
          .putFloat((float) v[colour])
          .putFloat((float) (-luma * black - 128 * (u[colour] + v[colour])));
    }
    return rows;
  }
}
