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
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Pixelation;
import org.sightline.edge.imaging.Stills;

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

  /** Squares across a face of the person's size: nobody is recognised by so few. */
  private static final float SQUARES_ACROSS_A_FACE = 1.25f;

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
      return alone(picture, own);
    } finally {
      picture.wipe();
    }
  }

  private static void hideAllElse(BgrPicture picture, BoxPx own, List<BoxPx> others) {
    Figure figure = new Figure(own);
    Pixelation.pixelate(picture, square(own), (x, y) -> !figure.contains(x, y));
    for (BoxPx other : others) {
      if (isBefore(other, figure)) {
        Figure before = new Figure(other);
        Pixelation.pixelate(picture, square(own, other), before::contains);
      }
    }
    others.forEach(other -> hide(picture, other));
  }

  /** As a file in which no other face is found; what is found is hidden too, so often. */
  private @Nullable Jpeg alone(BgrPicture picture, BoxPx own) {
    for (int round = 0; round < ROUNDS; round++) {
      Jpeg file = JpegCodec.encode(picture, JPEG_QUALITY);
      List<BoxPx> others = othersIn(file, own);
      if (others.isEmpty()) {
        return file;
      }
      others.forEach(face -> hide(picture, face));
    }
    return null;
  }

  /** What is found in what would be sent, looked at as it is and at half its size. */
  private List<BoxPx> othersIn(Jpeg file, BoxPx own) {
    List<BoxPx> others = new ArrayList<>();
    for (int shrunk = 1; shrunk <= 2; shrunk++) {
      BgrPicture sent = decoded(file, shrunk);
      try {
        for (Face face : detector.detect(sent)) {
          BoxPx box = scaled(face.box(), shrunk);
          if (face.isFinite() && !isSame(box, own)) {
            others.add(box);
          }
        }
      } finally {
        sent.wipe();
      }
    }
    return others;
  }

  private BgrPicture decoded(Jpeg file, int shrunk) {
    BgrPicture whole;
    try {
      whole = Stills.decode(file.bytes(), "a figure");
    } catch (PictureException e) {
      throw new IllegalStateException("what was just written is read", e);
    }
    if (shrunk == 1) {
      return whole;
    }
    try {
      int side = Math.max(whole.widthPx(), whole.heightPx()) / shrunk;
      return cropper.crop(whole, new BoxPx(0, 0, whole.widthPx(), whole.heightPx()), 0, side);
    } finally {
      whole.wipe();
    }
  }

  private static BoxPx scaled(BoxPx box, float factor) {
    return new BoxPx(
        factor * box.x(), factor * box.y(), factor * box.width(), factor * box.height());
  }

  /** A head and what is around it become one square, of which nothing can be recognised. */
  private static void hide(BgrPicture picture, BoxPx face) {
    BoxPx head = new Figure(face).head();
    Pixelation.flatten(
        picture, new BoxPx(head.x(), head.y(), head.width(), head.height() + face.height() / 2));
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
    return scaled(
        new BoxPx(box.x() - part.x(), box.y() - part.y(), box.width(), box.height()), scale);
  }
}
