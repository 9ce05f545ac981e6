package org.sightline.edge.aim;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Figure;
import org.sightline.edge.imaging.Pixelation;

/**
 * What may be seen of a camera's view: the one picture that may be kept, and previews. All of it is
 * made of squares; a head that is found with the certain score, whichever way up, is a single one,
 * and what is found with a lower one is squares of which three are as wide as the face. If a face
 * is found with the certain score in what comes out even then, there is no picture. A large face
 * that no detector finds, in profile above all, stays recognisable: only the squares of the whole
 * hide it.
 */
public final class AimPicture {
  /**
   * Squares down the view at most: a face of the least useful size in 1080 lines is three of them
   * high.
   */
  private static final int SQUARES_DOWN = 72;

  /** What is looked for in the result, and hidden, before the picture is given up. */
  private static final int ROUNDS = 4;

  /** A box of which less than this is hidden is a face that can be seen. */
  private static final double HIDDEN = 0.6;

  private static final int WHITE = 255;
  private static final int DASH_PX = 8;

  private static final float SQUARES_ACROSS = 3;

  private final KeenSearch search;
  private final float certain;
  private final int sidePx;
  private final FaceCropper cropper = new FaceCropper();

  /**
   * @param certain the score from which on the agent takes what it finds for a face
   * @param sidePx the longer side of a picture
   */
  public AimPicture(KeenSearch search, float certain, int sidePx) {
    this.search = search;
    this.certain = certain;
    this.sidePx = sidePx;
  }

  /**
   * A face that is hidden, with its box drawn and a number beside it.
   *
   * @param heightPx in pixels of the camera
   * @param firm whether its box is drawn through, or dashed
   */
  public record Mark(BoxPx box, int heightPx, boolean firm) {
    static Mark of(Face face) {
      return new Mark(face.box(), Math.round(face.box().height()), true);
    }
  }

  /** The same where all faces that are known are drawn. */
  @Nullable BgrPicture of(Picture frame, List<Mark> marks, @Nullable Zone zone) {
    return of(frame, List.of(), marks, zone);
  }

  /**
   * Makes the picture.
   *
   * @param others faces that are hidden without being drawn
   * @param marks faces that are hidden and drawn
   * @param zone whose outline is drawn; null for none
   * @return null if a face would still be found in it with the certain score
   */
  public @Nullable BgrPicture of(
      Picture frame, List<BoxPx> others, List<Mark> marks, @Nullable Zone zone) {
    BoxPx all = new BoxPx(0, 0, frame.widthPx(), frame.heightPx());
    BgrPicture picture = cropper.crop(frame, all, 0, sidePx);
    float scale = (float) picture.widthPx() / frame.widthPx();
    boolean[] hidden = new boolean[picture.widthPx() * picture.heightPx()];
    BgrPicture whole = cropper.crop(frame, all, 0, Math.max(frame.widthPx(), frame.heightPx()));
    try {
      List<KeenSearch.Find> finds = search.in(whole);
      Pixelation.pixelate(
          picture,
          Math.max(2, (picture.heightPx() + SQUARES_DOWN - 1) / SQUARES_DOWN),
          (x, y) -> true);
      for (KeenSearch.Find find : finds) {
        BoxPx box = find.box().scaled(scale);
        if (find.score() >= certain) {
          hide(picture, box, hidden);
        } else {
          coarsen(picture, box);
        }
      }
    } finally {
      whole.wipe();
    }
    others.forEach(box -> hide(picture, box.scaled(scale), hidden));
    marks.forEach(mark -> hide(picture, mark.box().scaled(scale), hidden));
    if (!hideWhatIsFound(picture, hidden)) {
      picture.wipe();
      return null;
    }
    for (Mark mark : marks) {
      BoxPx box = mark.box().scaled(scale);
      frame(picture, box, !mark.firm());
      Digits.write(picture, mark.heightPx(), Math.round(box.x()), Math.round(box.bottom()));
    }
    if (zone != null) {
      outline(picture, zone);
    }
    return picture;
  }

  /** Whether in the end nothing is found with the certain score that is not hidden. */
  private boolean hideWhatIsFound(BgrPicture picture, boolean[] hidden) {
    for (int round = 0; round < ROUNDS; round++) {
      List<BoxPx> seen =
          search.in(picture).stream()
              .filter(find -> find.score() >= certain)
              .map(KeenSearch.Find::box)
              .filter(box -> shareHidden(picture, box, hidden) < HIDDEN)
              .toList();
      if (seen.isEmpty()) {
        return true;
      }
      seen.forEach(box -> hide(picture, box, hidden));
    }
    return false;
  }

  /** What may be a head becomes squares of which three are as wide as its face. */
  private static void coarsen(BgrPicture picture, BoxPx face) {
    BoxPx around = around(face);
    Pixelation.pixelate(
        picture,
        Math.max(2, (int) Math.ceil(face.width() / SQUARES_ACROSS)),
        (x, y) -> x >= around.x() && x < around.right() && y >= around.y() && y < around.bottom());
  }

  private static BoxPx around(BoxPx face) {
    BoxPx head = new Figure(face).head();
    float side = Math.max(head.height(), head.width());
    return new BoxPx(face.centreX() - side / 2, face.centreY() - side / 2, side, side);
  }

  /** A head, whichever way up, becomes one square with what is around it. */
  private static void hide(BgrPicture picture, BoxPx face, boolean[] hidden) {
    BoxPx around = around(face);
    Pixelation.flatten(picture, around);
    for (int y = top(around); y < bottom(around, picture); y++) {
      for (int x = left(around); x < right(around, picture); x++) {
        hidden[y * picture.widthPx() + x] = true;
      }
    }
  }

  private static double shareHidden(BgrPicture picture, BoxPx box, boolean[] hidden) {
    int of = 0;
    int count = 0;
    for (int y = top(box); y < bottom(box, picture); y++) {
      for (int x = left(box); x < right(box, picture); x++) {
        count++;
        of += hidden[y * picture.widthPx() + x] ? 1 : 0;
      }
    }
    return count == 0 ? 1 : (double) of / count;
  }

  private static int left(BoxPx box) {
    return (int) Math.max(0, Math.floor(box.x()));
  }

  private static int top(BoxPx box) {
    return (int) Math.max(0, Math.floor(box.y()));
  }

  private static int right(BoxPx box, BgrPicture picture) {
    return (int) Math.min(picture.widthPx(), Math.ceil(box.right()));
  }

  private static int bottom(BoxPx box, BgrPicture picture) {
    return (int) Math.min(picture.heightPx(), Math.ceil(box.bottom()));
  }

  private static void frame(BgrPicture picture, BoxPx box, boolean dashed) {
    line(picture, box.x(), box.y(), box.right(), box.y(), dashed);
    line(picture, box.x(), box.bottom(), box.right(), box.bottom(), dashed);
    line(picture, box.x(), box.y(), box.x(), box.bottom(), dashed);
    line(picture, box.right(), box.y(), box.right(), box.bottom(), dashed);
  }

  private static void outline(BgrPicture picture, Zone zone) {
    float right = picture.widthPx() - 1f;
    float bottom = picture.heightPx() - 1f;
    Zone.Corner from = zone.corners().get(zone.corners().size() - 1);
    for (Zone.Corner to : zone.corners()) {
      line(
          picture,
          (float) (right * from.x()),
          (float) (bottom * from.y()),
          (float) (right * to.x()),
          (float) (bottom * to.y()),
          true);
      from = to;
    }
  }

  /** White; or dashed black and white, so that it is seen on any ground. */
  private static void line(
      BgrPicture picture, float fromX, float fromY, float toX, float toY, boolean dashed) {
    int steps = (int) Math.ceil(Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY)));
    for (int step = 0; step <= steps; step++) {
      float share = steps == 0 ? 0 : (float) step / steps;
      dot(
          picture,
          Math.round(fromX + share * (toX - fromX)),
          Math.round(fromY + share * (toY - fromY)),
          dashed && step / DASH_PX % 2 == 1 ? 0 : WHITE);
    }
  }

  /** One pixel in a shade of grey; none beyond the picture's edge. */
  static void dot(BgrPicture picture, int x, int y, int grey) {
    if (x >= 0 && x < picture.widthPx() && y >= 0 && y < picture.heightPx()) {
      ByteBuffer data = picture.data();
      int at = y * picture.strideBytes() + 3 * x;
      data.put(at, (byte) grey).put(at + 1, (byte) grey).put(at + 2, (byte) grey);
    }
  }
}
