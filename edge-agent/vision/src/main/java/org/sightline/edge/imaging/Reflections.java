package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.bytedeco.opencv.global.opencv_core.flip;

import java.util.function.BiConsumer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;

/** A picture seen in a mirror and as a negative, each in a buffer of its own. */
public final class Reflections {
  private static final int LEFT_FOR_RIGHT = 1;

  private Reflections() {}

  /** Left for right. */
  public static BgrPicture mirrored(BgrPicture picture) {
    return made(picture, (from, to) -> flip(from, to, LEFT_FOR_RIGHT));
  }

  /** Dark for light. */
  public static BgrPicture negative(BgrPicture picture) {
    return made(picture, (from, to) -> bitwise_not(from, to));
  }

  private static BgrPicture made(BgrPicture picture, BiConsumer<Mat, Mat> change) {
    BgrPicture result = BgrPicture.allocate(picture.widthPx(), picture.heightPx());
    try (Mat from = Mats.of(picture);
        Mat to = Mats.of(result)) {
      change.accept(from, to);
    }
    return result;
  }
}
