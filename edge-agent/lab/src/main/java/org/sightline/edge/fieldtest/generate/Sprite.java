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

  Sprite under(Light light) {
    if (light == Light.DAY) {
      return this;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (pixels[i] & 0xff000000) | light.onPeople(Colour.of(pixels[i])).rgb();
    }
    BufferedImage lit = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    lit.setRGB(0, 0, width, height, pixels, 0, width);
    return new Sprite(lit, face);
  }

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
