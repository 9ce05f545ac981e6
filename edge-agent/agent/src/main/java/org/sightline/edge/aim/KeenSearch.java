package org.sightline.edge.aim;

import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Turn;

/**
 * Finds every face that the detector can be brought to find: whichever way up, and at several
 * sizes, since it misses one at a size now and then that it finds at another. One thread at a time.
 */
public final class KeenSearch {
  /** Of the picture's sides. */
  private static final double[] SIZES = {1, 0.8, 0.67, 0.53, 0.4, 0.2};

  private final FaceDetector detector;
  private final FaceCropper cropper = new FaceCropper();

  /**
   * @param detector at its most sensitive; borrowed
   */
  public KeenSearch(FaceDetector detector) {
    this.detector = detector;
  }

  /**
   * What may be a face.
   *
   * @param box in the picture's own pixel space
   * @param score in [0, 1]; of those with a low one most are none
   */
  record Find(BoxPx box, float score) {
    Find at(BoxPx elsewhere) {
      return new Find(elsewhere, score);
    }
  }

  /** All that may be faces. */
  List<Find> in(BgrPicture picture) {
    int width = picture.widthPx();
    int height = picture.heightPx();
    List<Find> finds = new ArrayList<>();
    for (double size : SIZES) {
      finds.addAll(shrunk(picture, (int) (size * Math.max(width, height))));
    }
    for (Turn turn : Turn.values()) {
      BgrPicture turned = turn.of(picture);
      try {
        for (Find find : found(turned)) {
          finds.add(find.at(turnedBack(find.box(), turn, width, height)));
        }
      } finally {
        turned.wipe();
      }
    }
    return finds;
  }

  private static BoxPx turnedBack(BoxPx box, Turn turn, int width, int height) {
    return switch (turn) {
      case CLOCKWISE -> new BoxPx(box.y(), height - box.right(), box.height(), box.width());
      case UPSIDE_DOWN ->
          new BoxPx(width - box.right(), height - box.bottom(), box.width(), box.height());
      case COUNTERCLOCKWISE -> new BoxPx(width - box.bottom(), box.x(), box.height(), box.width());
    };
  }

  private List<Find> shrunk(BgrPicture picture, int sidePx) {
    BgrPicture small =
        cropper.crop(
            picture,
            new BoxPx(0, 0, picture.widthPx(), picture.heightPx()),
            0,
            Math.max(1, sidePx));
    try {
      float scale = (float) picture.widthPx() / small.widthPx();
      return found(small).stream().map(find -> find.at(find.box().scaled(scale))).toList();
    } finally {
      small.wipe();
    }
  }

  private List<Find> found(BgrPicture picture) {
    return detector.detect(picture).stream()
        .filter(Face::isFinite)
        .map(face -> new Find(face.box(), face.score()))
        .toList();
  }
}
