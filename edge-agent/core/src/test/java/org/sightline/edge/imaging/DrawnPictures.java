package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.YuvCoding;
import org.sightline.edge.domain.YuvCoding.Matrix;

/** Pictures drawn from formulas, so that every pixel's true value is known. */
public final class DrawnPictures {
  private DrawnPictures() {}

  /** A channel's value (0 blue, 1 green, 2 red) at a point of the unit square, in [0, 255]. */
  public interface Pattern {
    double at(double x, double y, int channel);
  }

  public static BgrPicture bgr(int widthPx, int heightPx, Pattern pattern) {
    BgrPicture picture = BgrPicture.allocate(widthPx, heightPx);
    for (int row = 0; row < heightPx; row++) {
      for (int column = 0; column < widthPx; column++) {
        for (int c = 0; c < 3; c++) {
          double value = pattern.at((column + 0.5) / widthPx, (row + 0.5) / heightPx, c);
          picture.data().put(3 * (row * widthPx + column) + c, (byte) Math.round(value));
        }
      }
    }
    return picture;
  }

  /** The same pattern as a decoder would deliver it, by BT.601. */
  public static I420Picture i420(int widthPx, int heightPx, boolean fullRange, Pattern pattern) {
    return i420(widthPx, heightPx, new YuvCoding(Matrix.BT_601, fullRange), pattern);
  }

  /** The same pattern as a decoder would deliver it, with rows wider than the picture. */
  public static I420Picture i420(int widthPx, int heightPx, YuvCoding coding, Pattern pattern) {
    boolean fullRange = coding.fullRange();
    int chromaWidth = (widthPx + 1) / 2;
    int chromaHeight = (heightPx + 1) / 2;
    int yStride = widthPx + 5;
    int chromaStride = chromaWidth + 3;
    ByteBuffer y = ByteBuffer.allocateDirect(yStride * heightPx);
    ByteBuffer u = ByteBuffer.allocateDirect(chromaStride * chromaHeight);
    ByteBuffer v = ByteBuffer.allocateDirect(chromaStride * chromaHeight);
    for (int row = 0; row < heightPx; row++) {
      for (int column = 0; column < widthPx; column++) {
        double[] yuv =
            yuv(coding.matrix(), pattern, (column + 0.5) / widthPx, (row + 0.5) / heightPx);
        double value = fullRange ? yuv[0] : 16 + yuv[0] * 219 / 255;
        y.put(row * yStride + column, (byte) Math.round(value));
      }
    }
    double gain = fullRange ? 1 : 224.0 / 255;
    for (int row = 0; row < chromaHeight; row++) {
      for (int column = 0; column < chromaWidth; column++) {
        double[] yuv =
            yuv(coding.matrix(), pattern, (column + 0.5) / chromaWidth, (row + 0.5) / chromaHeight);
        u.put(row * chromaStride + column, (byte) Math.round(128 + gain * yuv[1]));
        v.put(row * chromaStride + column, (byte) Math.round(128 + gain * yuv[2]));
      }
    }
    return new I420Picture(widthPx, heightPx, y, yStride, u, v, chromaStride, coding);
  }

  private static double[] yuv(Matrix matrix, Pattern pattern, double x, double y) {
    double blue = pattern.at(x, y, 0);
    double green = pattern.at(x, y, 1);
    double red = pattern.at(x, y, 2);
    double luma = matrix.red() * red + matrix.green() * green + matrix.blue() * blue;
    return new double[] {
      luma, (blue - luma) / (2 - 2 * matrix.blue()), (red - luma) / (2 - 2 * matrix.red())
    };
  }

  /** Colours that change slowly: any resampling keeps them. */
  public static double smooth(double x, double y, int channel) {
    return switch (channel) {
      case 0 -> 40 + 150 * x;
      case 1 -> 200 - 120 * y;
      default -> 60 + 70 * x + 80 * y;
    };
  }

  public static int channel(BgrPicture picture, int x, int y, int channel) {
    return picture.data().get(y * picture.strideBytes() + 3 * x + channel) & 0xff;
  }

  /** The largest difference of any channel of any pixel from a pattern. */
  public static double largestError(BgrPicture picture, Pattern pattern) {
    double largest = 0;
    for (int row = 0; row < picture.heightPx(); row++) {
      for (int column = 0; column < picture.widthPx(); column++) {
        for (int c = 0; c < 3; c++) {
          double truth =
              pattern.at((column + 0.5) / picture.widthPx(), (row + 0.5) / picture.heightPx(), c);
          largest = Math.max(largest, Math.abs(truth - channel(picture, column, row, c)));
        }
      }
    }
    return largest;
  }
}
