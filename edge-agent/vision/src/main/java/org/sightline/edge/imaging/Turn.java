package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;

import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;

/** A turn of a whole picture by right angles. */
public enum Turn {
  CLOCKWISE("by 90 degrees clockwise", ROTATE_90_CLOCKWISE),
  UPSIDE_DOWN("by 180 degrees", ROTATE_180),
  COUNTERCLOCKWISE("by 90 degrees counterclockwise", ROTATE_90_COUNTERCLOCKWISE);

  private final String words;
  private final int code;

  Turn(String words, int code) {
    this.words = words;
    this.code = code;
  }

  /** The picture turned, in a buffer of its own. */
  public BgrPicture of(BgrPicture picture) {
    boolean keepsSides = this == UPSIDE_DOWN;
    BgrPicture turned =
        BgrPicture.allocate(
            keepsSides ? picture.widthPx() : picture.heightPx(),
            keepsSides ? picture.heightPx() : picture.widthPx());
    turn(picture, turned, code);
    return turned;
  }

  private static void turn(BgrPicture picture, BgrPicture turned, int code) {
    try (Mat from = Mats.of(picture);
        Mat to = Mats.of(turned)) {
      rotate(from, to, code);
    }
  }

  /** To follow the word "turn". */
  @Override
  public String toString() {
    return words;
  }
}
