package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_PAL;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.YuvCoding;

/**
 * Room for one frame. Planar 4:2:0 of square pixels is shown as the decoder left it, in the
 * decoder's own memory, without a copy; any other form is converted once, other luma-chroma forms
 * to planar 4:2:0 and the rest to BGR, and what is to be turned is turned, into memory that is kept
 * for the next frame. Owned by one thread at a time.
 */
final class FrameSlot implements AutoCloseable {
  private final AVFrame decoded = av_frame_alloc();
  private @Nullable AVFrame converted;
  private @Nullable SwsContext scaler;
  private final Turning turning = new Turning();

  /** The frame for the decoder to fill. */
  AVFrame decoded() {
    return decoded;
  }

  /** The pixels of the filled frame, of the size it is to be shown at; null if they cannot be. */
  @Nullable Picture picture() {
    Shown shown = Shown.of(decoded);
    boolean asItIs =
        isPlanar420(decoded)
            && decoded.width() == shown.squareWidthPx()
            && decoded.height() == shown.squareHeightPx();
    Picture upright = asItIs ? planar420(decoded, FrameCoding.of(decoded)) : convert(shown);
    return upright == null ? null : turning.turn(upright, shown.orientation());
  }

  private static boolean isPlanar420(AVFrame frame) {
    return (frame.format() == AV_PIX_FMT_YUV420P || frame.format() == AV_PIX_FMT_YUVJ420P)
        && frame.linesize(0) >= frame.width()
        && frame.linesize(1) == frame.linesize(2)
        && frame.linesize(1) >= (frame.width() + 1) / 2;
  }

  private static I420Picture planar420(AVFrame frame, YuvCoding coding) {
    int chromaWidth = (frame.width() + 1) / 2;
    int chromaHeight = (frame.height() + 1) / 2;
    return new I420Picture(
        frame.width(),
        frame.height(),
        plane(frame, 0, frame.width(), frame.height()),
        frame.linesize(0),
        plane(frame, 1, chromaWidth, chromaHeight),
        plane(frame, 2, chromaWidth, chromaHeight),
        frame.linesize(1),
        coding);
  }

  private static ByteBuffer plane(AVFrame frame, int plane, int rowBytes, int rows) {
    return frame
        .data(plane)
        .capacity((long) frame.linesize(plane) * (rows - 1) + rowBytes)
        .asByteBuffer();
  }

  private @Nullable Picture convert(Shown shown) {
    boolean colours =
        (av_pix_fmt_desc_get(decoded.format()).flags()
                & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL))
            != 0;
    int format =
        colours
            ? AV_PIX_FMT_BGR24
            : FrameCoding.isFullRange(decoded) ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    AVFrame target = target(format, shown.squareWidthPx(), shown.squareHeightPx());
    if (target != null) {
      // Else it would be converted from the one matrix to the other.
      target.colorspace(decoded.colorspace());
      target.color_primaries(decoded.color_primaries());
      target.color_trc(decoded.color_trc());
    }
    if (target == null || sws_scale_frame(scaler(), target, decoded) < 0) {
      return null;
    }
    return colours
        ? new BgrPicture(
            target.width(),
            target.height(),
            target.linesize(0),
            plane(target, 0, 3 * target.width(), target.height()))
        : planar420(target, FrameCoding.of(decoded));
  }

  private @Nullable AVFrame target(int format, int widthPx, int heightPx) {
    AVFrame target = converted;
    if (target != null
        && target.format() == format
        && target.width() == widthPx
        && target.height() == heightPx) {
      return target;
    }
    if (target == null) {
      target = av_frame_alloc();
      converted = target;
    }
    av_frame_unref(target);
    target.format(format).width(widthPx).height(heightPx);
    return av_frame_get_buffer(target, 0) < 0 ? null : target;
  }

  private SwsContext scaler() {
    SwsContext context = scaler;
    if (context == null) {
      context = sws_alloc_context();
      // Left uninitialised it follows the frames' own size, form and range as they change.
      context.flags(SWS_BILINEAR);
      scaler = context;
    }
    return context;
  }

  /** Lets go of the decoder's memory; what conversion needs is kept. */
  void clear() {
    av_frame_unref(decoded);
  }

  @Override
  public void close() {
    av_frame_free(decoded);
    if (converted != null) {
      av_frame_free(converted);
    }
    if (scaler != null) {
      sws_free_context(scaler);
    }
  }
}
