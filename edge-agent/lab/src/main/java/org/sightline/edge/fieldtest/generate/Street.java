package org.sightline.edge.fieldtest.generate;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** The background: pavement, house fronts out of focus, sky. */
final class Street {
  private Street() {}

  static BufferedImage of(long seed, int widthPx, int heightPx, float horizonPx, Light light) {
    Draw draw = Draw.of(seed, 7);
    BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    float kerb = horizonPx + 0.16f * heightPx;
    g.setPaint(new GradientPaint(0, 0, new Color(0xAEB9C4), 0, kerb, new Color(0xC9CCCB)));
    g.fillRect(0, 0, widthPx, heightPx);
    int x = 0;
    while (x < widthPx) {
      int wide = Math.round(widthPx * draw.between(0.12, 0.28));
      house(g, draw, x, wide, kerb);
      x += wide;
    }
    g.setPaint(new GradientPaint(0, kerb, new Color(0x77787A), 0, heightPx, new Color(0x9A9893)));
    g.fillRect(0, Math.round(kerb), widthPx, heightPx);
    g.dispose();
    weather(image, new Noise((int) draw.next()), light);
    return image;
  }

  private static void house(Graphics2D g, Draw draw, int x, int wide, float kerb) {
    float grey = draw.between(0.42, 0.68);
    Colour wall =
        new Colour(grey, grey, grey).towards(new Colour(0.62f, 0.48f, 0.38f), draw.between(0, 0.6));
    int top = Math.round(kerb * draw.between(-0.1, 0.35));
    g.setColor(new Color(wall.rgb()));
    g.fillRect(x, top, wide, Math.round(kerb) - top);
    g.setColor(new Color(wall.times(0.86f).rgb()));
    int columns = 2 + draw.below(4);
    int pane = wide / (2 * columns);
    for (int column = 0; column < columns; column++) {
      for (int y = top + pane; y < kerb - pane; y += 3 * pane) {
        g.fillRect(x + pane / 2 + 2 * pane * column, y, pane, 2 * pane);
      }
    }
  }

  private static void weather(BufferedImage image, Noise noise, Light light) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        float stain = 1 + 0.04f * noise.at(x / 90f, y / 60f) + 0.03f * noise.at(x / 9f, y / 7f);
        Colour colour = Colour.of(image.getRGB(x, y)).times(stain);
        image.setRGB(x, y, light.onStreet(colour).rgb());
      }
    }
  }
}
