package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;

/**
 * A still picture in memory that is given back at once when it is closed, instead of when the
 * collector comes by. Its picture must not be used after that.
 */
public final class Still implements AutoCloseable {
  private final Mat pixels;
  private final BgrPicture picture;

  /** Owns the pixels, which have 8 bits of blue, green and red each, from now. */
  Still(Mat pixels) {
    this.pixels = pixels;
    ByteBuffer data = pixels.createBuffer();
    this.picture = new BgrPicture(pixels.cols(), pixels.rows(), 3 * pixels.cols(), data);
  }

  public BgrPicture picture() {
    return picture;
  }

  @Override
  public void close() {
    pixels.close();
  }
}
