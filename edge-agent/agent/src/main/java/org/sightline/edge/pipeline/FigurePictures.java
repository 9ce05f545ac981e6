package org.sightline.edge.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Figure;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.imaging.Pixelation;

/**
 * Pictures of alerted people from head to foot, in which nobody else can be recognised. All but the
 * person's own figure is made of a few large squares, whether or not a face was found there; who
 * stands before the figure is, by the faces found in the frame; and what the detector still finds
 * in the result is. If it finds a face even then, there is no picture. Used by the analysis thread
 * alone.
 */
final class FigurePictures {
  /** The longer side of a picture: enough to see what somebody wears and carries. */
  static final int SIDE_PX = 480;

  private static final int JPEG_QUALITY = 80;

  /** Squares across a face: nobody is recognised by so few. */
  private static final float SQUARES_ACROSS_A_FACE = 2;

  /** How much a face has to be larger than the person's to belong to somebody nearer. */
  private static final float NEARER = 1.15f;

  /** What is looked for in the result, and pixelated, before the picture is given up. */
  private static final int ROUNDS = 3;

  private final FaceDetector detector;
  private final FaceCropper cropper;

  /**
   * @param detector and cropper are borrowed
   */
  FigurePictures(FaceDetector detector, FaceCropper cropper) {
    this.detector = detector;
    this.cropper = cropper;
  }

  /**
   * The figure of one person.
   *
   * @param person box of the person's face in the frame
   * @param faces all faces found in the frame, the person's among them
   * @return null if nobody else being recognisable in it could not be had
   */
  @Nullable Jpeg of(Picture frame, BoxPx person, List<Face> faces) {
    BoxPx column = clipped(new Figure(person).column(), frame);
    if (column.width() < 1 || column.height() < 1) {
      return null;
    }
    BgrPicture picture = cropper.crop(frame, column, 0, SIDE_PX);
    try {
      float scale = picture.heightPx() / column.height();
      BoxPx own = within(person, column, scale);
      List<BoxPx> others = new ArrayList<>();
      for (Face face : faces) {
        if (!isSame(face.box(), person)) {
          others.add(within(face.box(), column, scale));
        }
      }
      hideAllElse(picture, own, others);
      return isAlone(picture, own) ? JpegCodec.encode(picture, JPEG_QUALITY) : null;
    } finally {
      picture.wipe();
    }
  }

  private static void hideAllElse(BgrPicture picture, BoxPx own, List<BoxPx> others) {
    Figure figure = new Figure(own);
    Pixelation.pixelate(picture, square(own), (x, y) -> !figure.contains(x, y));
    for (BoxPx other : others) {
      hide(picture, own, other);
      if (isBefore(other, figure)) {
        Figure before = new Figure(other);
        Pixelation.pixelate(picture, square(own, other), before::contains);
      }
    }
  }

  /** The face found in the result is the person's own, or it is hidden too. */
  private boolean isAlone(BgrPicture picture, BoxPx own) {
    for (int round = 0; round < ROUNDS; round++) {
      List<Face> found =
          detector.detect(picture).stream()
              .filter(Face::isFinite)
              .filter(face -> !isSame(face.box(), own))
              .toList();
      if (found.isEmpty()) {
        return true;
      }
      found.forEach(face -> hide(picture, own, face.box()));
    }
    return false;
  }

  /** A head and what is around it. */
  private static void hide(BgrPicture picture, BoxPx own, BoxPx face) {
    BoxPx head = new Figure(face).head();
    float below = face.bottom() + face.height() / 2;
    Pixelation.pixelate(
        picture,
        square(own, face),
        (x, y) -> x >= head.x() && x < head.right() && y >= head.y() && y < below);
  }

  /** Whether somebody stands between the camera and the figure, as far as faces say. */
  private static boolean isBefore(BoxPx other, Figure figure) {
    return other.height() > NEARER * figure.face().height()
        || (other.centreY() > figure.face().bottom()
            && figure.contains(other.centreX(), other.centreY()));
  }

  /** Whether two boxes are of one face, found twice. */
  private static boolean isSame(BoxPx face, BoxPx person) {
    float ratio = face.height() / person.height();
    return ratio > 0.5f
        && ratio < 2
        && Math.abs(face.centreX() - person.centreX()) < person.width() / 2
        && Math.abs(face.centreY() - person.centreY()) < person.height() / 2;
  }

  private static int square(BoxPx... faces) {
    float largest = 0;
    for (BoxPx face : faces) {
      largest = Math.max(largest, Math.max(face.width(), face.height()));
    }
    return Math.max(2, (int) Math.ceil(largest / SQUARES_ACROSS_A_FACE));
  }

  private static BoxPx clipped(BoxPx box, Picture frame) {
    float left = Math.max(0, box.x());
    float top = Math.max(0, box.y());
    return new BoxPx(
        left,
        top,
        Math.min(box.right(), frame.widthPx()) - left,
        Math.min(box.bottom(), frame.heightPx()) - top);
  }

  /** A box of the frame in the pixel space of a part of it. */
  private static BoxPx within(BoxPx box, BoxPx part, float scale) {
    return new BoxPx(
        scale * (box.x() - part.x()),
        scale * (box.y() - part.y()),
        scale * box.width(),
        scale * box.height());
  }
}
