package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.equalizeHist;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/**
 * The brightness of a picture, or of a part of it, at a size of one's own; what a cascade searches.
 * The buffer is kept between calls. One thread at a time.
 */
public final class Luma {
  private ByteBuffer grey = ByteBuffer.allocateDirect(1);
  private ByteBuffer colour = ByteBuffer.allocateDirect(1);
  private int widthPx = 1;
  private int heightPx = 1;

  /** Takes over the whole picture, scaled. */
  public void set(Picture picture, int newWidthPx, int newHeightPx) {
    widthPx = newWidthPx;
    heightPx = newHeightPx;
    grey = Mats.atLeast(widthPx * heightPx, grey);
    try (Mat to = mat()) {
      if (picture instanceof I420Picture i420) {
        try (Mat from = Planes.of(i420, 0)) {
          Resampler.scale(from, to);
        }
      } else {
        colour = Mats.atLeast(3 * widthPx * heightPx, colour);
        try (Mat from = Mats.of((BgrPicture) picture);
            Mat small = Mats.of(colour, heightPx, widthPx, CV_8UC3, 3 * widthPx)) {
          Resampler.scale(from, small);
          cvtColor(small, to, COLOR_BGR2GRAY);
        }
      }
    }
  }

  /** Takes over what a box covers, clipped to the picture, scaled. */
  public void set(Picture picture, BoxPx box, int newWidthPx, int newHeightPx) {
    set(Patch.of(picture, box), newWidthPx, newHeightPx);
  }

  /** Spreads the grey levels evenly, against dim and flat light. */
  public void equalise() {
    try (Mat mat = mat()) {
      equalizeHist(mat, mat);
    }
  }

  public int widthPx() {
    return widthPx;
  }

  public int heightPx() {
    return heightPx;
  }

  /** Overwrites the pixels: they may be of people who raised no alert. */
  public void wipe() {
    for (int i = 0; i < grey.capacity(); i++) {
      grey.put(i, (byte) 0);
    }
    for (int i = 0; i < colour.capacity(); i++) {
      colour.put(i, (byte) 0);
    }
  }

  /** A view of the pixels, to be closed by the caller; it ends with the next change. */
  public Mat mat() {
    return Mats.plane(grey, widthPx, heightPx, widthPx);
  }
}
