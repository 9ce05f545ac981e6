package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_CL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_FCC;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE240M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.sightline.edge.domain.YuvCoding;
import org.sightline.edge.domain.YuvCoding.Matrix;

/** How the samples of a decoded frame stand for colours: as its stream says, else as is usual. */
final class FrameCoding {
  /** A stream that does not say is taken for high definition from here on, as players do it. */
  private static final int HIGH_DEFINITION_LINES = 720;

  private FrameCoding() {}

  static YuvCoding of(AVFrame frame) {
    return new YuvCoding(matrix(frame), isFullRange(frame));
  }

  private static Matrix matrix(AVFrame frame) {
    return switch (frame.colorspace()) {
      case AVCOL_SPC_FCC, AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M -> Matrix.BT_601;
      case AVCOL_SPC_BT709, AVCOL_SPC_SMPTE240M -> Matrix.BT_709;
      case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL -> Matrix.BT_2020;
      default -> frame.height() >= HIGH_DEFINITION_LINES ? Matrix.BT_709 : Matrix.BT_601;
    };
  }

  static boolean isFullRange(AVFrame frame) {
    int format = frame.format();
    return frame.color_range() == AVCOL_RANGE_JPEG
        || format == AV_PIX_FMT_YUVJ420P
        || format == AV_PIX_FMT_YUVJ422P
        || format == AV_PIX_FMT_YUVJ440P
        || format == AV_PIX_FMT_YUVJ444P;
  }
}
