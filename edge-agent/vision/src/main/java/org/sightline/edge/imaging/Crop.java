package org.sightline.edge.imaging;

import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Picture;

/**
 * A part of a picture made to fill a fixed size, whatever its proportions; clipped to the picture.
 * Only that part is converted. The pixels are reused by the next look. One thread at a time.
 */
public final class Crop {
  private final Resampler resampler = new Resampler();
  private final BgrPicture pixels;
  private BoxPx part = new BoxPx(0, 0, 1, 1);

  /**
   * A crop of a fixed size.
   *
   * @param sidePx width and height of what is seen
   */
  public Crop(int sidePx) {
    pixels = BgrPicture.allocate(sidePx, sidePx);
  }

  /**
   * Looks at a part.
   *
   * @return its pixels; valid until the next look
   */
  public BgrPicture look(Picture picture, BoxPx wanted) {
    // Even edges keep subsampled chroma in step with the luma.
    int left = even(Math.floor(wanted.x() / 2), picture.widthPx() - 2);
    int top = even(Math.floor(wanted.y() / 2), picture.heightPx() - 2);
    int right = Math.max(left + 2, even(Math.ceil(wanted.right() / 2), picture.widthPx()));
    int bottom = Math.max(top + 2, even(Math.ceil(wanted.bottom() / 2), picture.heightPx()));
    part = new BoxPx(left, top, right - left, bottom - top);
    resampler.resample(Patch.of(picture, part), pixels);
    return pixels;
  }

  private static int even(double half, int most) {
    return (int) Math.max(0, Math.min(2 * half, most - most % 2));
  }

  /**
   * Where a share of the width, in [0, 1] from its left edge, lies in the picture last looked at.
   */
  public float toPictureX(float share) {
    return part.x() + share * part.width();
  }

  /** Where a share of the height, in [0, 1] from its upper edge, lies in it. */
  public float toPictureY(float share) {
    return part.y() + share * part.height();
  }

  /** Blackens what was seen. */
  public void wipe() {
    pixels.wipe();
  }
}
