package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Jpeg;

/** Writes JPEG: pixels alone, no metadata of any kind. Thread-safe. */
public final class JpegCodec {
  private JpegCodec() {}

  /**
   * A whole file of baseline JPEG.
   *
   * @param quality 1 to 100
   */
  public static Jpeg encode(BgrPicture picture, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("a JPEG quality lies in 1 to 100");
    }
    try (Mat mat = Mats.of(picture);
        BytePointer file = new BytePointer();
        IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      if (!imencode(".jpg", mat, file, parameters)) {
        throw new IllegalStateException("the JPEG encoder refused a picture");
      }
      byte[] bytes = new byte[Math.toIntExact(file.limit())];
      file.get(bytes);
      return new Jpeg(bytes);
    }
  }
}
