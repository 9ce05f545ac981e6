package org.sightline.edge.capture.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.sightline.edge.capture.PixelAspect;

/**
 * How a decoded frame is to be shown, as players do it: with square pixels, and then turned.
 *
 * @param squareWidthPx of the frame once its pixels are square, before it is turned
 * @param squareHeightPx likewise
 */
record Shown(int squareWidthPx, int squareHeightPx, Orientation orientation) {
  /** No side grows beyond this, whatever the stream says of its pixels. */
  private static final int LONGEST_SIDE_PX = 16_384;

  /** A shape that cannot be seen to be other than square costs no conversion. */
  private static final double SQUARE_ENOUGH = 0.01;

  static Shown of(AVFrame frame) {
    AVRational pixel = frame.sample_aspect_ratio();
    int width = frame.width();
    int height = frame.height();
    if (PixelAspect.isLikely(pixel.num(), pixel.den())) {
      double ratio = (double) pixel.num() / pixel.den();
      // One side is stretched and none shrunk: nothing that was seen is lost.
      long wider = Math.round(width * Math.max(1, ratio));
      long higher = Math.round(height * Math.max(1, 1 / ratio));
      if (Math.abs(ratio - 1) > SQUARE_ENOUGH && Math.max(wider, higher) <= LONGEST_SIDE_PX) {
        width = (int) wider;
        height = (int) higher;
      }
    }
    return new Shown(width, height, Orientation.of(frame));
  }

  int widthPx() {
    return orientation.transposed() ? squareHeightPx : squareWidthPx;
  }

  int heightPx() {
    return orientation.transposed() ? squareWidthPx : squareHeightPx;
  }
}
