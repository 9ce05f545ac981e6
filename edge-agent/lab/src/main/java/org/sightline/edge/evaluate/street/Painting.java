package org.sightline.edge.evaluate.street;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.function.Consumer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.PointPx;

/** Painting on copies of pictures. Pure. */
final class Painting {
  /** About a box's height in distances of the eyes, which a turned face has nearer. */
  private static final double BOX_HEIGHT = 2.84;

  private static final int CHANNELS = 3;

  private Painting() {}

  /**
   * A copy, painted on in the face's own coordinates: the origin between the eyes, x towards the
   * eye on the right of the picture, y towards the mouth, 1 the distance of the eyes of a face that
   * looks into the camera.
   */
  static BgrPicture onFace(BgrPicture picture, Face face, Consumer<Graphics2D> paint) {
    BufferedImage copy = image(picture);
    Graphics2D g = copy.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.transform(coordinates(face));
      paint.accept(g);
    } finally {
      g.dispose();
    }
    return picture(copy);
  }

  private static AffineTransform coordinates(Face face) {
    PointPx right = face.landmarks().rightEye();
    PointPx left = face.landmarks().leftEye();
    AffineTransform transform =
        AffineTransform.getTranslateInstance(
            (right.x() + left.x()) / 2, (right.y() + left.y()) / 2);
    transform.rotate(Math.atan2(left.y() - right.y(), left.x() - right.x()));
    double unitPx = face.box().height() / BOX_HEIGHT;
    transform.scale(unitPx, unitPx);
    return transform;
  }

  private static BufferedImage image(BgrPicture picture) {
    BufferedImage image =
        new BufferedImage(picture.widthPx(), picture.heightPx(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int row = CHANNELS * picture.widthPx();
    for (int y = 0; y < picture.heightPx(); y++) {
      picture.data().get(y * picture.strideBytes(), to, y * row, row);
    }
    return image;
  }

  private static BgrPicture picture(BufferedImage image) {
    BgrPicture picture = BgrPicture.allocate(image.getWidth(), image.getHeight());
    picture.data().put(0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    return picture;
  }

  /** What a pixel becomes: a level in [0, 255] of a channel, cut off beyond. */
  interface Level {
    double of(int x, int y, int channel);
  }

  /** A picture of the same size with other levels. */
  static BgrPicture mapped(BgrPicture picture, Level level) {
    BgrPicture mapped = BgrPicture.allocate(picture.widthPx(), picture.heightPx());
    int at = 0;
    for (int y = 0; y < picture.heightPx(); y++) {
      for (int x = 0; x < picture.widthPx(); x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          double value = Math.max(0, Math.min(255, level.of(x, y, channel)));
          mapped.data().put(at++, (byte) Math.round(value));
        }
      }
    }
    return mapped;
  }

  /** The level between four pixels, those of the edge repeated beyond it. */
  static double at(BgrPicture picture, double x, double y, int channel) {
    double inX = Math.max(0, Math.min(picture.widthPx() - 1.0, x));
    double inY = Math.max(0, Math.min(picture.heightPx() - 1.0, y));
    int left = (int) inX;
    int top = (int) inY;
    int right = Math.min(left + 1, picture.widthPx() - 1);
    int bottom = Math.min(top + 1, picture.heightPx() - 1);
    double shareX = inX - left;
    double shareY = inY - top;
    return (1 - shareY)
            * ((1 - shareX) * pixel(picture, left, top, channel)
                + shareX * pixel(picture, right, top, channel))
        + shareY
            * ((1 - shareX) * pixel(picture, left, bottom, channel)
                + shareX * pixel(picture, right, bottom, channel));
  }

  private static int pixel(BgrPicture picture, int x, int y, int channel) {
    return picture.data().get(y * picture.strideBytes() + CHANNELS * x + channel) & 0xff;
  }
}
