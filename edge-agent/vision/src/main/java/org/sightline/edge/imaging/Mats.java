package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;

/** OpenCV's view of buffers that others own: closing one of these frees the view alone. */
final class Mats {
  static {
    // Callers run on threads of their own; OpenCV's pool would only compete with them.
    opencv_core.setNumThreads(1);
  }

  private Mats() {}

  static Mat of(BgrPicture picture) {
    return of(
        picture.data(), picture.heightPx(), picture.widthPx(), CV_8UC3, picture.strideBytes());
  }

  static Mat plane(ByteBuffer data, int widthPx, int heightPx, int strideBytes) {
    return of(data, heightPx, widthPx, CV_8UC1, strideBytes);
  }

  static Mat of(ByteBuffer data, int rows, int columns, int type, int strideBytes) {
    ByteBuffer whole = data.duplicate();
    whole.clear();
    return new Mat(rows, columns, type, new BytePointer(whole), strideBytes);
  }

  /** The given buffer if it is large enough, else a new direct one. */
  static ByteBuffer atLeast(int sizeBytes, ByteBuffer buffer) {
    return buffer.capacity() >= sizeBytes ? buffer : ByteBuffer.allocateDirect(sizeBytes);
  }
}
