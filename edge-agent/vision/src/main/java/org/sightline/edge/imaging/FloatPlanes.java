package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.split;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.sightline.edge.domain.BgrPicture;

/**
 * Pictures as networks take them: a plane of float32 for each colour. One thread at a time; scratch
 * of the picture's size is kept between calls.
 */
public final class FloatPlanes {
  private static final int CHANNELS = 3;

  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  /**
   * A plane, and what becomes of a channel's bytes in it.
   *
   * @param values direct, {@code 4 * widthPx * heightPx} bytes from 0 in the machine's byte order
   */
  public record Plane(ByteBuffer values, int widthPx, int heightPx, float scale, float offset) {}

  /**
   * Puts a picture into the top left corner of three planes, at least as large; the rest becomes
   * what a black pixel becomes.
   *
   * @param planes blue, green and red
   */
  public void fill(BgrPicture picture, List<Plane> planes) {
    int width = picture.widthPx();
    int height = picture.heightPx();
    int size = width * height;
    bytes = Mats.atLeast(CHANNELS * size, bytes);
    try (Mat bgr = Mats.of(picture);
        Mat blue = Mats.plane(bytes.slice(0, size), width, height, width);
        Mat green = Mats.plane(bytes.slice(size, size), width, height, width);
        Mat red = Mats.plane(bytes.slice(2 * size, size), width, height, width);
        MatVector channels = new MatVector(blue, green, red)) {
      split(bgr, channels);
      fill(planes.get(0), blue);
      fill(planes.get(1), green);
      fill(planes.get(2), red);
    }
  }

  private static void fill(Plane plane, Mat channel) {
    int width = channel.cols();
    int height = channel.rows();
    try (Mat corner = part(plane, 0, 0, width, height)) {
      channel.convertTo(corner, CV_32F, plane.scale(), plane.offset());
    }
    blacken(plane, width, 0, plane.widthPx() - width, height);
    blacken(plane, 0, height, plane.widthPx(), plane.heightPx() - height);
  }

  private static void blacken(Plane plane, int x, int y, int width, int height) {
    if (width > 0 && height > 0) {
      try (Mat part = part(plane, x, y, width, height);
          Scalar black = new Scalar(plane.offset())) {
        part.put(black);
      }
    }
  }

  private static Mat part(Plane plane, int x, int y, int width, int height) {
    int strideBytes = Float.BYTES * plane.widthPx();
    int start = y * strideBytes + Float.BYTES * x;
    ByteBuffer rest = plane.values().slice(start, plane.values().capacity() - start);
    return Mats.of(rest, height, width, CV_32FC1, strideBytes);
  }

  /** Overwrites the scratch, which may be somebody's face. */
  public void wipe() {
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) 0);
    }
  }
}
