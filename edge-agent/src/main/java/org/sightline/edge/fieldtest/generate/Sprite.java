package org.sightline.edge.fieldtest.generate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.sightline.edge.domain.BoxPx;

/**
 * A cut-out head.
 *
 * @param image with a transparent background
 * @param face in the image
 */
record Sprite(BufferedImage image, BoxPx face) {

  Sprite half() {
    int width = Math.max(1, image.getWidth() / 2);
    int height = Math.max(1, image.getHeight() / 2);
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D g = smaller.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    float x = width / (float) image.getWidth();
    float y = height / (float) image.getHeight();
    return new Sprite(
        smaller, new BoxPx(face.x() * x, face.y() * y, face.width() * x, face.height() * y));
  }
}
