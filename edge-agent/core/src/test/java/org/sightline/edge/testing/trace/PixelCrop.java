package org.sightline.edge.testing.trace;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;

/** Pixels without padding between their rows. */
final class PixelCrop {
  private final int widthPx;
  private final int heightPx;
  private final int channels;
  private final byte[] pixels;

  /**
   * Those pixels, which are not copied.
   *
   * @param channels 3 for blue, green, red; 1 for luma
   */
  PixelCrop(int widthPx, int heightPx, int channels, byte[] pixels) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.channels = channels;
    this.pixels = pixels;
  }

  int widthPx() {
    return widthPx;
  }

  int channels() {
    return channels;
  }

  byte[] pixels() {
    return pixels;
  }

  static PixelCrop of(AlignedFace face) {
    return new PixelCrop(face.sidePx(), face.sidePx(), 3, face.bgr().clone());
  }

  static PixelCrop of(BgrPicture picture) {
    return cut(
        picture.data(), picture.strideBytes(), 3, 0, 0, picture.widthPx(), picture.heightPx());
  }

  static PixelCrop of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int rgb = image.getRGB(i % width, i / width);
      pixels[3 * i] = (byte) rgb;
      pixels[3 * i + 1] = (byte) (rgb >> 8);
      pixels[3 * i + 2] = (byte) (rgb >> 16);
    }
    return new PixelCrop(width, height, 3, pixels);
  }

  /** Part of the luma as the camera delivered it; it must lie within the picture. */
  static PixelCrop lumaOf(I420Picture picture, int left, int top, int widthPx, int heightPx) {
    return cut(picture.y(), picture.yStrideBytes(), 1, left, top, widthPx, heightPx);
  }

  private static PixelCrop cut(
      ByteBuffer data, int strideBytes, int channels, int left, int top, int width, int height) {
    byte[] pixels = new byte[channels * width * height];
    for (int y = 0; y < height; y++) {
      data.get(
          (top + y) * strideBytes + channels * left,
          pixels,
          channels * width * y,
          channels * width);
    }
    return new PixelCrop(width, height, channels, pixels);
  }

  BufferedImage image() {
    BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < widthPx * heightPx; i++) {
      int rgb = 0;
      for (int channel = 2; channel >= 0; channel--) {
        rgb = rgb << 8 | (pixels[channels * i + Math.min(channel, channels - 1)] & 255);
      }
      image.setRGB(i % widthPx, i / widthPx, rgb);
    }
    return image;
  }

  /** The pixels with red before blue. */
  byte[] rgb() {
    byte[] swapped = pixels.clone();
    for (int i = 0; i + 2 < swapped.length; i += channels) {
      swapped[i] = pixels[i + 2];
      swapped[i + 2] = pixels[i];
    }
    return swapped;
  }

  /** One channel alone. */
  byte[] channel(int number) {
    byte[] plane = new byte[widthPx * heightPx];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = pixels[channels * i + number];
    }
    return plane;
  }

  /** The luma of BT.601, rounded. */
  byte[] grey() {
    byte[] grey = new byte[widthPx * heightPx];
    for (int i = 0; i < grey.length; i++) {
      grey[i] =
          (byte)
              Math.round(
                  0.114f * (pixels[3 * i] & 255)
                      + 0.587f * (pixels[3 * i + 1] & 255)
                      + 0.299f * (pixels[3 * i + 2] & 255));
    }
    return grey;
  }
}
