package org.sightline.edge.domain;

import java.util.Arrays;

/**
 * A face turned and scaled so that its landmarks lie where the embedding network wants them. Holds
 * biometric data of somebody who may raise no alert: lives in memory only, and is wiped by {@link
 * #close()} as soon as its template is made.
 */
public final class AlignedFace implements AutoCloseable {
  private final int sidePx;
  private final byte[] bgr;

  /**
   * @param bgr rows of blue, green, red bytes, {@code 3 * sidePx * sidePx} of them; owned from now
   */
  public AlignedFace(int sidePx, byte[] bgr) {
    if (bgr.length != 3 * sidePx * sidePx) {
      throw new IllegalArgumentException("an aligned face is square");
    }
    this.sidePx = sidePx;
    this.bgr = bgr;
  }

  public int sidePx() {
    return sidePx;
  }

  /** The pixels themselves, not a copy. */
  public byte[] bgr() {
    return bgr;
  }

  @Override
  public void close() {
    Arrays.fill(bgr, (byte) 0);
  }

  @Override
  public String toString() {
    return "AlignedFace[" + sidePx + " px]";
  }
}
