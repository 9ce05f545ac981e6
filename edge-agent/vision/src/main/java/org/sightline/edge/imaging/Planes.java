package org.sightline.edge.imaging;

import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.I420Picture;

/** The planes of an I420 picture: 0 luma, 1 and 2 chroma. */
final class Planes {
  private Planes() {}

  static Mat of(I420Picture picture, int plane) {
    if (plane == 0) {
      return Mats.plane(picture.y(), picture.widthPx(), picture.heightPx(), picture.yStrideBytes());
    }
    return Mats.plane(
        plane == 1 ? picture.u() : picture.v(),
        (picture.widthPx() + 1) / 2,
        (picture.heightPx() + 1) / 2,
        picture.chromaStrideBytes());
  }
}
