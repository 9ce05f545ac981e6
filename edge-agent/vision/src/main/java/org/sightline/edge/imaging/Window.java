package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Picture;

/**
 * A square part of a picture scaled to a fixed size, black where it reaches beyond the picture.
 * Only that part is converted. The pixels are reused by the next look. One thread at a time.
 */
public final class Window {
  private final Resampler resampler = new Resampler();
  private final BgrPicture pixels;
  private int left;
  private int top;
  private float scale = 1;

  /**
   * A window of a fixed size.
   *
   * @param sidePx width and height of what is seen through it
   */
  public Window(int sidePx) {
    pixels = BgrPicture.allocate(sidePx, sidePx);
  }

  /**
   * Looks at the square around a point.
   *
   * @param sidePx of the square, in pixels of the picture
   * @return the scaled pixels; valid until the next look
   */
  public BgrPicture look(Picture picture, float centreX, float centreY, float sidePx) {
    // Even edges keep subsampled chroma in step with the luma.
    int side = Math.max(2, Math.round(sidePx / 2) * 2);
    left = Math.round((centreX - side / 2f) / 2) * 2;
    top = Math.round((centreY - side / 2f) / 2) * 2;
    scale = (float) pixels.widthPx() / side;
    int x0 = Math.max(0, left);
    int y0 = Math.max(0, top);
    int x1 = Math.min(picture.widthPx(), left + side);
    int y1 = Math.min(picture.heightPx(), top + side);
    if (x1 - x0 < side || y1 - y0 < side) {
      wipe();
    }
    if (x1 > x0 && y1 > y0) {
      resampler.resample(
          Patch.of(picture, new BoxPx(x0, y0, x1 - x0, y1 - y0)),
          part(
              Math.round((x0 - left) * scale),
              Math.round((y0 - top) * scale),
              Math.max(1, Math.round((x1 - x0) * scale)),
              Math.max(1, Math.round((y1 - y0) * scale))));
    }
    return pixels;
  }

  private BgrPicture part(int x, int y, int width, int height) {
    int fittingX = Math.min(x, pixels.widthPx() - 1);
    int fittingY = Math.min(y, pixels.heightPx() - 1);
    ByteBuffer data = pixels.data().duplicate();
    data.position(fittingY * pixels.strideBytes() + 3 * fittingX);
    return new BgrPicture(
        Math.min(width, pixels.widthPx() - fittingX),
        Math.min(height, pixels.heightPx() - fittingY),
        pixels.strideBytes(),
        data.slice());
  }

  /** Where a column of the window lies in the picture last looked at. */
  public float toPictureX(float x) {
    return left + x / scale;
  }

  /** Where a row of the window lies in the picture last looked at. */
  public float toPictureY(float y) {
    return top + y / scale;
  }

  /** Blackens what was seen. */
  public void wipe() {
    pixels.wipe();
  }
}
