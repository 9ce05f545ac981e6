package org.sightline.edge.lens;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.sightline.edge.capture.Luma;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.YuvCoding;

/** A picture without colours, to be changed as a fault of a camera changes it. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Grey(int widthPx, int heightPx, byte[] pixels) {
  private static final CameraId CAMERA = new CameraId("mast-1");

  static Grey of(Picture picture) {
    byte[] pixels = new byte[picture.widthPx() * picture.heightPx()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Luma.at(picture, i % picture.widthPx(), i / picture.widthPx());
    }
    return new Grey(picture.widthPx(), picture.heightPx(), pixels);
  }

  Grey with(byte[] others) {
    return new Grey(widthPx, heightPx, others);
  }

  Frame frame(Duration at) {
    ByteBuffer luma = ByteBuffer.allocateDirect(pixels.length).put(0, pixels);
    int chromaStride = (widthPx + 1) / 2;
    ByteBuffer chroma = ByteBuffer.allocateDirect(chromaStride * ((heightPx + 1) / 2));
    return new Frame(
        CAMERA,
        0,
        at,
        0,
        new I420Picture(
            widthPx,
            heightPx,
            luma,
            widthPx,
            chroma,
            chroma,
            chromaStride,
            new YuvCoding(YuvCoding.Matrix.BT_709, true)),
        () -> {});
  }
}
