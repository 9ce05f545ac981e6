package org.sightline.edge.fieldtest.generate;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Stills of single people. Thread-safe. */
final class Studio {
  /** Noise of the camera, at most so many grey levels. */
  private static final int GRAIN = 4;

  private final Cast cast;

  Studio(Cast cast) {
    this.cast = cast;
  }

  /**
   * A picture of one person, head and shoulders, before a plain wall.
   *
   * @param faceHeightPx forehead to chin; the picture is about twice as high
   * @param draw for the wall, the clothes, the tilt of the head and the noise
   */
  BufferedImage picture(long person, Look look, float faceHeightPx, Draw draw) {
    Sprite head = cast.heads(person, look, new float[] {look.pose().yaw()}, faceHeightPx).get(0);
    int side = Math.round(2.1f * faceHeightPx);
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    float grey = draw.between(0.35, 0.85);
    Colour wall =
        new Colour(grey, grey, grey).towards(new Colour(0.5f, 0.6f, 0.75f), draw.between(0, 0.5));
    g.setPaint(
        new GradientPaint(
            0, 0, new Color(wall.rgb()), side, side, new Color(wall.times(0.85f).rgb())));
    g.fillRect(0, 0, side, side);
    float x = side * draw.between(0.46, 0.54);
    float chin = side * draw.between(0.70, 0.75);
    Outfit.of(draw).paint(g, x, chin, faceHeightPx / 1.68f, 0);
    g.rotate(draw.between(-0.06, 0.06), x, chin);
    g.translate(x - head.face().centreX(), chin - head.face().bottom());
    g.drawImage(head.image(), 0, 0, null);
    g.dispose();
    grain(picture, draw);
    return picture;
  }

  private static void grain(BufferedImage picture, Draw draw) {
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      int by = draw.below(2 * GRAIN + 1) - GRAIN;
      int p = pixels[i];
      pixels[i] =
          level((p >> 16 & 255) + by) << 16
              | level((p >> 8 & 255) + by) << 8
              | level((p & 255) + by);
    }
  }

  private static int level(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /**
   * Writes a picture as PNG, making its folder.
   *
   * @throws GenerationException if it cannot be written
   */
  static void write(BufferedImage picture, Path file) throws GenerationException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(picture, "png", file.toFile());
    } catch (IOException e) {
      throw new GenerationException(
          "the picture cannot be written",
          file.toString(),
          "check that the folder is writable and has room",
          e);
    }
  }
}
