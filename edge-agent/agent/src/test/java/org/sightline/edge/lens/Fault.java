package org.sightline.edge.lens;

import java.util.Random;

/** What becomes of a camera's pictures when something is wrong with it, done to grey pictures. */
final class Fault {
  private Fault() {}

  /**
   * A picture with a fault.
   *
   * @param before the last picture before the fault
   */
  static byte[] of(LensFault fault, Grey picture, Grey before) {
    return switch (fault) {
      case COVERED -> noisy(cloth(picture), 2);
      case BLINDED -> lit(picture);
      case DARK -> noisy(dimmed(picture, 0.1), 3);
      case FROZEN -> before.pixels();
      case TURNED -> shifted(picture, 0.3);
      case DEFOCUSED -> blurred(picture, Math.max(3, picture.widthPx() / 200)).pixels();
    };
  }

  /** The view of a camera that was turned to the right by a share of its width, round a circle. */
  static byte[] shifted(Grey picture, double share) {
    int by = (int) (share * picture.widthPx());
    byte[] out = new byte[picture.pixels().length];
    for (int i = 0; i < out.length; i++) {
      int row = i / picture.widthPx();
      int x = Math.floorMod(i % picture.widthPx() + by, picture.widthPx());
      out[i] = picture.pixels()[row * picture.widthPx() + x];
    }
    return out;
  }

  /** By boxes, three times: near to a Gaussian of that deviation. */
  static Grey blurred(Grey picture, int sigmaPx) {
    byte[] pixels = picture.pixels();
    for (int pass = 0; pass < 3; pass++) {
      pixels = boxed(pixels, picture.widthPx(), picture.heightPx(), sigmaPx, false);
      pixels = boxed(pixels, picture.widthPx(), picture.heightPx(), sigmaPx, true);
    }
    return new Grey(picture.widthPx(), picture.heightPx(), pixels);
  }

  private static byte[] boxed(byte[] from, int width, int height, int radius, boolean down) {
    byte[] to = new byte[from.length];
    int lines = down ? width : height;
    int length = down ? height : width;
    int step = down ? width : 1;
    for (int line = 0; line < lines; line++) {
      int start = down ? line : line * width;
      int sum = 0;
      for (int i = -radius; i <= radius; i++) {
        sum += from[start + step * Math.max(0, Math.min(length - 1, i))] & 0xff;
      }
      for (int i = 0; i < length; i++) {
        to[start + step * i] = (byte) (sum / (2 * radius + 1));
        sum += from[start + step * Math.min(length - 1, i + radius + 1)] & 0xff;
        sum -= from[start + step * Math.max(0, i - radius)] & 0xff;
      }
    }
    return to;
  }

  private static Grey dimmed(Grey picture, double share) {
    byte[] out = picture.pixels().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) ((out[i] & 0xff) * share);
    }
    return new Grey(picture.widthPx(), picture.heightPx(), out);
  }

  /** Something dark on the lens, with a little light from one side. */
  private static Grey cloth(Grey picture) {
    byte[] out = new byte[picture.pixels().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (8 + 8 * (i % picture.widthPx()) / picture.widthPx());
    }
    return picture.with(out);
  }

  /** A lamp in the middle that washes out all but the corners. */
  private static byte[] lit(Grey picture) {
    byte[] out = picture.pixels().clone();
    for (int i = 0; i < out.length; i++) {
      double x = (i % picture.widthPx()) / (double) picture.widthPx() - 0.5;
      int row = i / picture.widthPx();
      double y = row / (double) picture.heightPx() - 0.5;
      double light = 600 * Math.exp(-4 * (x * x + y * y));
      out[i] = (byte) Math.min(255, (int) ((out[i] & 0xff) + light));
    }
    return out;
  }

  private static byte[] noisy(Grey picture, double deviation) {
    Random random = new Random(picture.pixels()[0]);
    byte[] out = picture.pixels().clone();
    for (int i = 0; i < out.length; i++) {
      int value = (int) Math.round((out[i] & 0xff) + deviation * random.nextGaussian());
      out[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return out;
  }
}
