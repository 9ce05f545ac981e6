package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/**
 * How much fine detail a face shows: the deviation of the Laplacian of its luma as a share of what
 * the luma's own deviation allows at most, with the face scaled to {@value #SIDE_PX} pixels. In [0,
 * 1], independent of size, brightness and contrast; enlarging a small face adds no detail and
 * scores low. One thread at a time.
 */
public final class Sharpness {
  private static final int SIDE_PX = 64;

  /** The largest factor by which the 4-neighbour Laplacian amplifies any pattern. */
  private static final double MAX_GAIN = 8;

  private final BgrPicture colour = BgrPicture.allocate(SIDE_PX, SIDE_PX);
  private final ByteBuffer plane = ByteBuffer.allocateDirect(SIDE_PX * SIDE_PX);
  private final float[] luma = new float[SIDE_PX * SIDE_PX];
  private final Resampler resampler = new Resampler();

  /** The sharpness of what a box covers; the part of it beyond the picture is left out. */
  public double of(Picture picture, BoxPx box) {
    Picture patch = Patch.of(picture, box);
    if (patch instanceof I420Picture i420) {
      try (Mat from = Planes.of(i420, 0);
          Mat to = Mats.plane(plane, SIDE_PX, SIDE_PX, SIDE_PX)) {
        Resampler.scale(from, to);
      }
      for (int i = 0; i < luma.length; i++) {
        luma[i] = plane.get(i) & 0xff;
      }
    } else {
      resampler.resample(patch, colour);
      ByteBuffer bgr = colour.data();
      for (int i = 0; i < luma.length; i++) {
        luma[i] =
            0.114f * (bgr.get(3 * i) & 0xff)
                + 0.587f * (bgr.get(3 * i + 1) & 0xff)
                + 0.299f * (bgr.get(3 * i + 2) & 0xff);
      }
    }
    return sharpness();
  }

  private double sharpness() {
    double sum = 0;
    double squares = 0;
    double laplacianSquares = 0;
    for (int row = 1; row < SIDE_PX - 1; row++) {
      for (int column = 1; column < SIDE_PX - 1; column++) {
        int i = row * SIDE_PX + column;
        double value = luma[i];
        double laplacian =
            luma[i - SIDE_PX] + luma[i + SIDE_PX] + luma[i - 1] + luma[i + 1] - 4 * value;
        sum += value;
        squares += value * value;
        laplacianSquares += laplacian * laplacian;
      }
    }
    double count = (SIDE_PX - 2.0) * (SIDE_PX - 2.0);
    double variance = squares / count - (sum / count) * (sum / count);
    if (variance < 1) {
      return 0;
    }
    return Math.min(1, Math.sqrt(laplacianSquares / count / variance) / MAX_GAIN);
  }
}
