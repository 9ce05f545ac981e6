package org.sightline.edge.fieldtest.generate;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** What a moving sprite looks like after an exposure: the mean of where it was, along a line. */
final class MotionBlur {
  private MotionBlur() {}

  /**
   * Smears a picture by whole pixels, half of it to either side.
   *
   * @param sharp {@link BufferedImage#TYPE_INT_ARGB_PRE}, with transparent margins as wide as half
   *     the way
   * @param dx way during the exposure, pixels
   */
  static BufferedImage of(BufferedImage sharp, float dx, float dy) {
    int width = sharp.getWidth();
    int height = sharp.getHeight();
    int steps = Math.round(Math.max(Math.abs(dx), Math.abs(dy))) + 1;
    int[] shifts = new int[steps];
    for (int i = 0; i < steps; i++) {
      float at = steps == 1 ? 0 : i / (steps - 1f) - 0.5f;
      shifts[i] = Math.round(at * dy) * width + Math.round(at * dx);
    }
    int[] from = ((DataBufferInt) sharp.getRaster().getDataBuffer()).getData();
    BufferedImage blurred = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    int[] to = ((DataBufferInt) blurred.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < to.length; i++) {
      // Two channels at a time: each sum of at most 255 values of 8 bits fits into 16.
      int alphaAndGreen = 0;
      int redAndBlue = 0;
      for (int shift : shifts) {
        int pixel = from[Math.max(0, Math.min(from.length - 1, i - shift))];
        alphaAndGreen += (pixel >>> 8) & 0xff00ff;
        redAndBlue += pixel & 0xff00ff;
      }
      to[i] =
          (((alphaAndGreen >>> 16) / steps) << 24)
              | (((redAndBlue >>> 16) / steps) << 16)
              | (((alphaAndGreen & 0xffff) / steps) << 8)
              | ((redAndBlue & 0xffff) / steps);
    }
    return blurred;
  }
}
