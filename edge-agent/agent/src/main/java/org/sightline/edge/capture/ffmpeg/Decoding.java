package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_hw_config;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_VAAPI;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_copy_props;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_move_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Decoder;
import org.sightline.edge.capture.PixelAspect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one source is decoded, for all its connections. A GPU's decoder that does not work is logged
 * once and not tried again: the source continues in software. Used by the reading thread alone.
 */
final class Decoding {
  private static final Logger LOG = LoggerFactory.getLogger(Decoding.class);

  private final String where;
  private final int threads;
  private final Decoder asked;
  private final @Nullable PixelAspect pixelAspect;
  private boolean given;
  private boolean logged;

  /**
   * As a camera's settings say.
   *
   * @param threads of decoding in software, at least 1
   */
  static Decoding of(CameraSettings settings, int threads) {
    return new Decoding(
        "camera " + settings.id() + " at " + settings.describe(),
        threads,
        settings.decoder(),
        settings.pixelAspect());
  }

  private Decoding(String where, int threads, Decoder asked, @Nullable PixelAspect pixelAspect) {
    this.where = where;
    this.threads = threads;
    this.asked = asked;
    this.pixelAspect = pixelAspect;
    this.given = asked != Decoder.SOFTWARE;
  }

  /**
   * Prepares a decoder that is not open yet. FFmpeg itself asks a device given here for its form of
   * frame, and falls back to software where the device does not take the stream.
   */
  void prepare(AVCodecContext context, AVCodec codec) {
    context.thread_count(threads);
    if (!given) {
      return;
    }
    if (!takesDevice(codec)) {
      giveUp(
          "this FFmpeg decodes " + avcodec_get_name(codec.id()).getString() + " in software alone",
          "set the camera to H.264 or H.265");
      return;
    }
    AVBufferRef device = new AVBufferRef(null);
    // With a CUDA context of its own: FFmpeg refuses the one that ONNX Runtime has made.
    if (av_hwdevice_ctx_create(device, type(), (String) null, (AVDictionary) null, 0) < 0) {
      giveUp(
          "there is no such device, or it cannot be opened", "see docs/gpu.md for what it needs");
      return;
    }
    // Freed with the context.
    context.hw_device_ctx(device);
  }

  /** The shape of pixels that the settings ask for; null to go by the stream. */
  @Nullable PixelAspect pixelAspect() {
    return pixelAspect;
  }

  private boolean takesDevice(AVCodec codec) {
    for (int i = 0; ; i++) {
      AVCodecHWConfig config = avcodec_get_hw_config(codec, i);
      if (config == null || config.isNull()) {
        return false;
      }
      if (config.device_type() == type()
          && (config.methods() & AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0) {
        return true;
      }
    }
  }

  private int type() {
    return asked == Decoder.NVDEC ? AV_HWDEVICE_TYPE_CUDA : AV_HWDEVICE_TYPE_VAAPI;
  }

  /**
   * Brings a decoded frame that lies in a GPU into this machine's memory, as NV12 or a deeper form
   * of it; any other stays as it is.
   *
   * @return whether the frame has pixels now
   */
  boolean fetch(AVFrame frame) {
    if (!given) {
      return true;
    }
    if (frame.hw_frames_ctx() == null || frame.hw_frames_ctx().isNull()) {
      giveUp("the device does not take this stream", "set the camera to 8-bit 4:2:0");
      return true;
    }
    AVFrame fetched = av_frame_alloc();
    boolean whole =
        av_hwframe_transfer_data(fetched, frame, 0) >= 0
            && av_frame_copy_props(fetched, frame) >= 0;
    av_frame_unref(frame);
    if (whole) {
      av_frame_move_ref(frame, fetched);
      log();
    } else {
      giveUp("its frames cannot be read", "check the kernel log for the GPU");
    }
    av_frame_free(fetched);
    return whole;
  }

  private void log() {
    if (!logged) {
      logged = true;
      LOG.info("{}: decoded by {}", where, asked);
    }
  }

  private void giveUp(String why, String remedy) {
    given = false;
    LOG.warn(
        "{}: decoded in software and not by {}, which decoder asks for: {} ({}, or set decoder:"
            + " software)",
        where,
        asked,
        why,
        remedy);
  }
}
