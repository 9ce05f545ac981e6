package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_side_data;

import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;

/**
 * How a stored picture is turned and mirrored to be shown.
 *
 * @param transposed whether its columns become rows
 * @param fromRight whether its columns are taken from the right
 * @param fromBottom whether its rows are taken from the bottom
 */
record Orientation(boolean transposed, boolean fromRight, boolean fromBottom) {
  static final Orientation AS_STORED = new Orientation(false, false, false);

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  /** What file or stream ask of their player, by its nearest quarter turn. */
  static Orientation of(AVFrame frame) {
    AVFrameSideData data = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (data == null || data.isNull() || data.size() < MATRIX_BYTES) {
      return AS_STORED;
    }
    // A stored point (p, q) is shown at (a p + c q, b p + d q).
    IntBuffer matrix =
        data.data()
            .capacity(MATRIX_BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    long a = matrix.get(0);
    long b = matrix.get(1);
    long c = matrix.get(3);
    long d = matrix.get(4);
    return Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d)
        ? new Orientation(true, b < 0, c < 0)
        : new Orientation(false, a < 0, d < 0);
  }
}
