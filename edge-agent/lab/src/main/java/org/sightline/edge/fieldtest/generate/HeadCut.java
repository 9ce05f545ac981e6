package org.sightline.edge.fieldtest.generate;

import java.awt.image.BufferedImage;
import java.util.List;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.FaceCropper;

/**
 * A head cut out of a photograph: put upright, scaled, with a soft oval around face and hair and a
 * piece of neck. It can be turned a little as if it were a shallow bowl: what lies nearer to the
 * camera moves further. What the photograph does not show, such as the far side of a nose, does not
 * come to light.
 *
 * <p>Lengths without a unit are heights of the face; x counts from its middle to the picture's
 * right, y from the middle of the forehead down to the chin at 1. Immutable.
 */
final class HeadCut {
  /**
   * The face from the landmarks. The unit is the larger of the way from eyes to mouth and 1.1 ways
   * between the eyes, because a turn shortens the one and a nod the other. Fitted to the boxes of
   * retail-0095's detector on 107 portraits of two sets.
   */
  private static final float EYES_APART = 1.1f;

  private static final float HEIGHT_UNITS = 2.53f;
  private static final float EYES_BELOW_TOP_UNITS = 0.95f;
  private static final float FACE_WIDTH = 0.75f;

  /** What the cut reaches: sideways, above the middle of the forehead, and altogether downwards. */
  private static final float HALF_WIDTH = 0.75f;

  private static final float ABOVE = 0.55f;
  private static final float HEIGHT = 2;

  private static final float OVAL_MIDDLE = 0.36f;
  private static final float OVAL_HALF_WIDTH = 0.6f;
  private static final float OVAL_HALF_HEIGHT = 0.78f;
  private static final float NECK_HALF_WIDTH = 0.24f;
  private static final float NECK_TOP = 0.8f;
  private static final float NECK_END = 1.36f;
  private static final float SOFT = 0.1f;

  /** The bowl: how deep, and where it ends. */
  private static final float DEPTH = 0.45f;

  private static final float BOWL_HALF_WIDTH = 0.65f;
  private static final float BOWL_HALF_HEIGHT = 0.9f;

  private final int side;
  private final float faceHeightPx;
  private final byte[] bgr;
  private final float[] alpha;

  private HeadCut(int side, float faceHeightPx, byte[] bgr, float[] alpha) {
    this.side = side;
    this.faceHeightPx = faceHeightPx;
    this.bgr = bgr;
    this.alpha = alpha;
  }

  /**
   * Cuts a head out.
   *
   * @param faceHeightPx wanted height of the face
   */
  static HeadCut of(BgrPicture picture, Landmarks face, float faceHeightPx) {
    int side = Math.round(HEIGHT * faceHeightPx);
    Upright upright = Upright.of(face, side, faceHeightPx);
    List<PointPx> points = face.inOrder().stream().map(upright::toCut).toList();
    try (AlignedFace aligned = new FaceCropper().align(picture, face, points, side)) {
      byte[] bgr = aligned.bgr().clone();
      return new HeadCut(side, faceHeightPx, bgr, alpha(picture, upright, side, faceHeightPx));
    }
  }

  private static float[] alpha(BgrPicture picture, Upright upright, int side, float faceHeightPx) {
    float[] alpha = new float[side * side];
    for (int row = 0; row < side; row++) {
      float y = (row + 0.5f) / faceHeightPx - ABOVE;
      for (int column = 0; column < side; column++) {
        float x = (column + 0.5f - side / 2f) / faceHeightPx;
        float inside = Math.max(oval(x, y), neck(x, y));
        if (inside > 0) {
          PointPx at = upright.toPicture(new PointPx(column + 0.5f, row + 0.5f));
          float toEdge =
              Math.min(
                  Math.min(at.x(), picture.widthPx() - at.x()),
                  Math.min(at.y(), picture.heightPx() - at.y()));
          inside *= soft(toEdge * upright.scale() / faceHeightPx / SOFT);
        }
        alpha[row * side + column] = inside;
      }
    }
    return alpha;
  }

  private static float oval(float x, float y) {
    double r = Math.hypot(x / OVAL_HALF_WIDTH, (y - OVAL_MIDDLE) / OVAL_HALF_HEIGHT);
    return soft((float) (1 - r) * OVAL_HALF_WIDTH / SOFT + 0.3f);
  }

  private static float neck(float x, float y) {
    return y < NECK_TOP
        ? 0
        : soft((NECK_HALF_WIDTH - Math.abs(x)) / SOFT + 0.5f) * soft((NECK_END - y) / SOFT);
  }

  /** 0 below 0, 1 above 1, smooth between. */
  private static float soft(float t) {
    float clipped = Math.max(0, Math.min(1, t));
    return clipped * clipped * (3 - 2 * clipped);
  }

  /**
   * The head turned to the picture's right. The face's box is that of the upright face with its
   * cheeks moved like the pixels there.
   *
   * @param yaw radians; meant for up to about 0.2 either way
   * @param look brightness and colour of the light
   */
  Sprite turned(float yaw, Look look) {
    int width = Math.round(2 * HALF_WIDTH * faceHeightPx);
    float sin = (float) Math.sin(yaw);
    float cos = (float) Math.cos(yaw);
    int[] argb = new int[width * side];
    for (int row = 0; row < side; row++) {
      float y = (row + 0.5f) / faceHeightPx - ABOVE;
      for (int column = 0; column < width; column++) {
        float x = (column + 0.5f - width / 2f) / faceHeightPx;
        float from = x;
        for (int i = 0; sin != 0 && i < 4; i++) {
          from = (x - depth(from, y) * sin) / cos;
        }
        argb[row * width + column] = pixel(from * faceHeightPx + side / 2f - 0.5f, row, look);
      }
    }
    BufferedImage image = new BufferedImage(width, side, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, side, argb, 0, width);
    float cheek = FACE_WIDTH / 2;
    float shift = depth(cheek, 0.5f) * sin;
    return new Sprite(
        image,
        new BoxPx(
            width / 2f + (shift - cheek * cos) * faceHeightPx,
            ABOVE * faceHeightPx,
            2 * cheek * cos * faceHeightPx,
            faceHeightPx));
  }

  private static float depth(float x, float y) {
    float across = x / BOWL_HALF_WIDTH;
    float down = (y - 0.5f) / BOWL_HALF_HEIGHT;
    return DEPTH * Math.max(0, 1 - across * across - down * down);
  }

  private int pixel(float x, int row, Look look) {
    float clipped = Math.max(0, Math.min(side - 1.001f, x));
    int column = (int) clipped;
    float fx = clipped - column;
    int at = row * side + column;
    float opaque = mix(alpha[at], alpha[at + 1], fx);
    if (opaque < 0.004f) {
      return 0;
    }
    float gain = look.lighting().brightness();
    return level(255 * opaque) << 24
        | level(gain * (1 + look.lighting().warmth()) * mix(bgr(at, 2), bgr(at + 1, 2), fx)) << 16
        | level(gain * mix(bgr(at, 1), bgr(at + 1, 1), fx)) << 8
        | level(gain * (1 - look.lighting().warmth()) * mix(bgr(at, 0), bgr(at + 1, 0), fx));
  }

  private int bgr(int at, int channel) {
    return bgr[3 * at + channel] & 255;
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  private static int level(float value) {
    return Math.max(0, Math.min(255, Math.round(value)));
  }

  /**
   * Where the picture's points lie in the cut: turned about the middle of the eyes so that these
   * are level, and scaled.
   *
   * @param dx the picture's direction from eye to eye, of a unit vector
   * @param x where the middle of the eyes comes to lie
   */
  private record Upright(PointPx eyes, float dx, float dy, float scale, float x, float y) {

    static Upright of(Landmarks face, int side, float faceHeightPx) {
      PointPx eyes = middle(face.rightEye(), face.leftEye());
      PointPx mouth = middle(face.rightMouth(), face.leftMouth());
      float apart = (float) face.interEyeDistancePx();
      float unit = Math.max((float) eyes.distanceTo(mouth), EYES_APART * apart);
      float dx = (face.leftEye().x() - face.rightEye().x()) / apart;
      float dy = (face.leftEye().y() - face.rightEye().y()) / apart;
      float scale = faceHeightPx / (HEIGHT_UNITS * unit);
      // A turned face lies to the side of its eyes: the middle is between eyes and mouth.
      float aside = (dx * (mouth.x() - eyes.x()) + dy * (mouth.y() - eyes.y())) / 2;
      return new Upright(
          eyes,
          dx,
          dy,
          scale,
          side / 2f - aside * scale,
          ABOVE * faceHeightPx + EYES_BELOW_TOP_UNITS * unit * scale);
    }

    private static PointPx middle(PointPx a, PointPx b) {
      return new PointPx((a.x() + b.x()) / 2, (a.y() + b.y()) / 2);
    }

    PointPx toCut(PointPx inPicture) {
      float fromX = inPicture.x() - eyes.x();
      float fromY = inPicture.y() - eyes.y();
      return new PointPx(
          x + scale * (dx * fromX + dy * fromY), y + scale * (dx * fromY - dy * fromX));
    }

    PointPx toPicture(PointPx inCut) {
      float fromX = (inCut.x() - x) / scale;
      float fromY = (inCut.y() - y) / scale;
      return new PointPx(eyes.x() + dx * fromX - dy * fromY, eyes.y() + dx * fromY + dy * fromX);
    }
  }
}
