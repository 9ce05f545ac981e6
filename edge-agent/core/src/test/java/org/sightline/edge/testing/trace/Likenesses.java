package org.sightline.edge.testing.trace;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Finds pictures that show what known crops show, at whatever size and quality. */
final class Likenesses {
  private static final int SIDE_PX = 24;

  /** Correlation of the same pixels coded twice; that of two people's faces lies below. */
  private static final double SAME = 0.97;

  private final List<float[]> known = new ArrayList<>();

  Likenesses(List<PixelCrop> crops) {
    crops.forEach(crop -> known.add(signature(crop.image())));
  }

  boolean show(BufferedImage picture) {
    return nearest(picture) >= SAME;
  }

  /** The highest correlation of a picture with a crop. */
  double nearest(BufferedImage picture) {
    float[] signature = signature(picture);
    double highest = -1;
    for (float[] each : known) {
      double dot = 0;
      for (int i = 0; i < each.length; i++) {
        dot += each[i] * signature[i];
      }
      highest = Math.max(highest, dot);
    }
    return highest;
  }

  /** A small copy with mean 0 and length 1. */
  private static float[] signature(BufferedImage image) {
    BufferedImage small = image;
    // Halves, lest pixels be passed over.
    while (small.getWidth() >= 2 * SIDE_PX && small.getHeight() >= 2 * SIDE_PX) {
      small = scaled(small, small.getWidth() / 2, small.getHeight() / 2);
    }
    byte[] pixels = PixelCrop.of(scaled(small, SIDE_PX, SIDE_PX)).pixels();
    double sum = 0;
    double squares = 0;
    for (byte pixel : pixels) {
      sum += pixel & 255;
      squares += (pixel & 255) * (pixel & 255);
    }
    double mean = sum / pixels.length;
    double norm = Math.sqrt(Math.max(1, squares - pixels.length * mean * mean));
    float[] signature = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      signature[i] = (float) (((pixels[i] & 255) - mean) / norm);
    }
    return signature;
  }

  private static BufferedImage scaled(BufferedImage image, int widthPx, int heightPx) {
    BufferedImage result = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, widthPx, heightPx, null);
    graphics.dispose();
    return result;
  }
}
