package org.sightline.edge.evaluate.attack;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sightline.edge.domain.BgrPicture;

/** A picture to be painted on: blue, green, red, nominally in [0, 255]. Not thread-safe. */
final class Pixels {
  static final int CHANNELS = 3;

  final int widthPx;
  final int heightPx;
  private final float[] values;

  Pixels(int widthPx, int heightPx) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.values = new float[CHANNELS * widthPx * heightPx];
  }

  static Pixels of(BgrPicture picture) {
    Pixels pixels = new Pixels(picture.widthPx(), picture.heightPx());
    byte[] row = new byte[CHANNELS * pixels.widthPx];
    for (int y = 0; y < pixels.heightPx; y++) {
      picture.data().get(y * picture.strideBytes(), row);
      for (int i = 0; i < row.length; i++) {
        pixels.values[y * row.length + i] = row[i] & 0xff;
      }
    }
    return pixels;
  }

  BgrPicture toPicture() {
    BgrPicture picture = BgrPicture.allocate(widthPx, heightPx);
    for (int i = 0; i < values.length; i++) {
      picture.data().put(i, (byte) Math.round(Math.max(0, Math.min(255, values[i]))));
    }
    return picture;
  }

  void set(int x, int y, int channel, double value) {
    values[CHANNELS * (y * widthPx + x) + channel] = (float) value;
  }

  /** The value between four pixels, those of the edge repeated beyond it. */
  double at(double x, double y, int channel) {
    double inX = Math.max(0, Math.min(widthPx - 1.0, x));
    double inY = Math.max(0, Math.min(heightPx - 1.0, y));
    int left = Math.min((int) inX, Math.max(0, widthPx - 2));
    int top = Math.min((int) inY, Math.max(0, heightPx - 2));
    int right = Math.min(left + 1, widthPx - 1);
    int bottom = Math.min(top + 1, heightPx - 1);
    double shareX = inX - left;
    double shareY = inY - top;
    return (1 - shareY)
            * ((1 - shareX) * pixel(left, top, channel) + shareX * pixel(right, top, channel))
        + shareY
            * ((1 - shareX) * pixel(left, bottom, channel)
                + shareX * pixel(right, bottom, channel));
  }

  private double pixel(int x, int y, int channel) {
    return values[CHANNELS * (y * widthPx + x) + channel];
  }

  /** Blurs by a Gaussian of the given standard deviation. */
  void blur(double sigmaPx) {
    int reach = (int) Math.ceil(3 * sigmaPx);
    double[] kernel = new double[2 * reach + 1];
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = Math.exp(-i * i / (2 * sigmaPx * sigmaPx));
    }
    double sum = Arrays.stream(kernel).sum();
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    for (int y = 0; y < heightPx; y++) {
      blurLine(CHANNELS * y * widthPx, CHANNELS, widthPx, kernel);
    }
    for (int x = 0; x < widthPx; x++) {
      blurLine(CHANNELS * x, CHANNELS * widthPx, heightPx, kernel);
    }
  }

  private void blurLine(int start, int step, int length, double[] kernel) {
    int reach = kernel.length / 2;
    float[] line = new float[length];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int i = 0; i < length; i++) {
        line[i] = values[start + i * step + channel];
      }
      for (int i = 0; i < length; i++) {
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
          sum += kernel[k + reach] * line[Math.max(0, Math.min(length - 1, i + k))];
        }
        values[start + i * step + channel] = (float) sum;
      }
    }
  }

  /** As a camera sees it: with a gain, and noise of the given standard deviation. */
  void expose(double gain, double noise, RandomGenerator random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (gain * values[i] + noise * random.nextGaussian());
    }
  }
}
