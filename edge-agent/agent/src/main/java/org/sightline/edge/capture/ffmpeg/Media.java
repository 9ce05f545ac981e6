package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.KeyPictures;
import org.sightline.edge.capture.PixelAspect;

/**
 * One opened clip or connection: demuxer and decoder, and their native memory. Used by the reading
 * thread alone.
 */
final class Media implements AutoCloseable {

  /** What one step of reading came to. */
  enum Step {
    /** The given frame is filled. */
    FRAME,
    /** A picture could not be decoded; reading continues. */
    BROKEN,
    /** Something has arrived, and the frame is not whole yet; ask again at once. */
    ARRIVED,
    /** Nothing has arrived yet; ask again in a moment. */
    NOTHING_YET,
    /** The interrupt is due: closed, or out of time. */
    INTERRUPTED,
    /** The clip or connection has ended. */
    END
  }

  /**
   * How to open.
   *
   * @param url as FFmpeg takes it; may hold credentials
   * @param format null to have it recognised
   * @param options of demuxer and protocol
   * @param live whether delay is to be kept low, and the stream not read ahead to learn about it
   */
  record Request(
      String url, @Nullable AVInputFormat format, Map<String, String> options, boolean live) {
    @Override
    public String toString() {
      return "Request";
    }
  }

  private static final double NANOS_PER_SECOND = 1e9;

  /** AVERROR(EAGAIN) on Linux. */
  private static final int TRY_AGAIN = -11;

  /** A file whose damage is longer than this many reads in a row is taken to have ended. */
  private static final int MOST_FAILED_READS = 1000;

  static {
    // FFmpeg's own messages quote addresses with their passwords.
    av_log_set_level(AV_LOG_QUIET);
  }

  private final AVFormatContext format;
  private final AVCodecContext codec;
  private final AVStream stream;
  private final AVPacket packet = av_packet_alloc();
  private final Interrupt interrupt;
  private final Decoding decoding;
  private final double nanosPerTick;
  private boolean draining;
  private int failedReads;
  private long bytesRead;
  private KeyPictures keyPictures = new KeyPictures(0, 0);
  private long sinceKeyPicture;
  private long arrivedNanos = System.nanoTime();

  private Media(
      AVFormatContext format,
      AVCodecContext codec,
      AVStream stream,
      Interrupt interrupt,
      Decoding decoding) {
    this.format = format;
    this.codec = codec;
    this.stream = stream;
    this.interrupt = interrupt;
    this.decoding = decoding;
    this.nanosPerTick = av_q2d(stream.time_base()) * NANOS_PER_SECOND;
  }

  /** Opens demuxer and decoder; nothing stays allocated when it fails. */
  static Media open(Request request, Interrupt interrupt, Decoding decoding) throws OpenFailure {
    AVFormatContext format = avformat_alloc_context();
    interrupt.attachTo(format);
    if (request.live()) {
      format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_NOBUFFER);
      if (request.format() != null) {
        format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
      }
    }
    AVDictionary options = new AVDictionary(null);
    try {
      request.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
      // On failure the context is freed by FFmpeg.
      check(avformat_open_input(format, request.url(), request.format(), options), interrupt);
    } finally {
      av_dict_free(options);
    }
    try {
      if (!request.live()) {
        check(avformat_find_stream_info(format, (AVDictionary) null), interrupt);
      }
      AVStream stream = video(format);
      return new Media(
          format, decoder(stream, request.live(), decoding), stream, interrupt, decoding);
    } catch (OpenFailure failure) {
      avformat_close_input(format);
      throw failure;
    }
  }

  /** The largest; of those of one size the one marked as default, and of several the first. */
  private static AVStream video(AVFormatContext format) throws OpenFailure {
    return videos(format)
        .max(Comparator.comparingLong(Media::pixels).thenComparing(Media::isDefault))
        .orElseThrow(
            () ->
                new OpenFailure(
                    OpenFailure.Kind.UNREACHABLE,
                    "it holds no video",
                    "give a source with moving pictures"));
  }

  private static Stream<AVStream> videos(AVFormatContext format) {
    return IntStream.range(0, format.nb_streams())
        .mapToObj(format::streams)
        .filter(stream -> stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO)
        .filter(stream -> (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0);
  }

  private static long pixels(AVStream stream) {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }

  private static boolean isDefault(AVStream stream) {
    return (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0;
  }

  /** How many videos there are to choose from. */
  long videos() {
    return videos(format).count();
  }

  private static AVCodecContext decoder(AVStream stream, boolean live, Decoding decoding)
      throws OpenFailure {
    int id = stream.codecpar().codec_id();
    AVCodec decoder = avcodec_find_decoder(id);
    if (decoder == null || decoder.isNull()) {
      throw new OpenFailure(
          OpenFailure.Kind.UNREACHABLE,
          "its encoding " + avcodec_get_name(id).getString() + " is not known",
          "use H.264, H.265, MPEG-4, MJPEG or GIF");
    }
    AVCodecContext context = avcodec_alloc_context3(decoder);
    avcodec_parameters_to_context(context, stream.codecpar());
    context.pkt_timebase(stream.time_base());
    decoding.prepare(context, decoder);
    if (live) {
      // Threads by frame would each hold a frame back.
      context.thread_type(AVCodecContext.FF_THREAD_SLICE);
      context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
    }
    if (avcodec_open2(context, decoder, (AVDictionary) null) < 0) {
      avcodec_free_context(context);
      throw new OpenFailure(
          OpenFailure.Kind.UNREACHABLE, "its video cannot be decoded", "check that it plays");
    }
    return context;
  }

  private static void check(int result, Interrupt interrupt) throws OpenFailure {
    if (result >= 0) {
      return;
    }
    if (interrupt.isRaised()) {
      throw new OpenFailure(OpenFailure.Kind.CLOSED, "closed", "open it again");
    }
    if (interrupt.isDue()) {
      throw new OpenFailure(
          OpenFailure.Kind.UNREACHABLE, "no answer in time", "check cable, power and address");
    }
    throw new OpenFailure(
        OpenFailure.Kind.UNREACHABLE,
        "it cannot be opened: " + reason(result),
        "check that it plays");
  }

  private static String reason(int result) {
    byte[] text = new byte[128];
    if (av_strerror(result, text, text.length) < 0) {
      return "error " + result;
    }
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /** As {@link Truncation#of}, of the file that is open here. */
  boolean isCutShort(String file) throws IOException {
    return Truncation.of(format, stream, file);
  }

  /** Reads one step further; on {@link Step#FRAME} the frame is filled. */
  Step next(AVFrame frame) {
    int decoded = avcodec_receive_frame(codec, frame);
    if (decoded >= 0) {
      if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
        av_frame_unref(frame);
        return Step.BROKEN;
      }
      shape(frame);
      return decoding.fetch(frame) ? Step.FRAME : Step.BROKEN;
    }
    if (decoded == AVERROR_EOF) {
      return Step.END;
    }
    return decoded == TRY_AGAIN ? feed() : Step.BROKEN;
  }

  /** The settings' word on the shape of pixels goes before the container's, and that before its. */
  private void shape(AVFrame frame) {
    AVRational pixel = frame.sample_aspect_ratio();
    AVRational container = stream.sample_aspect_ratio();
    PixelAspect asked = decoding.pixelAspect();
    if (asked != null) {
      pixel.num(asked.width()).den(asked.height());
    } else if (container.num() > 0 && container.den() > 0) {
      pixel.num(container.num()).den(container.den());
    }
  }

  /** Gives the decoder one packet, or its end. */
  private Step feed() {
    if (interrupt.isDue()) {
      return Step.INTERRUPTED;
    }
    int read = av_read_frame(format, packet);
    if (read == TRY_AGAIN) {
      return Step.NOTHING_YET;
    }
    if (read < 0) {
      return failedRead(read);
    }
    failedReads = 0;
    int sent = 0;
    if (packet.stream_index() == stream.index()) {
      arrivedNanos = System.nanoTime();
      bytesRead += packet.size();
      countKeyPicture((packet.flags() & AV_PKT_FLAG_KEY) != 0);
      sent = avcodec_send_packet(codec, packet);
    }
    av_packet_unref(packet);
    return sent < 0 ? Step.BROKEN : Step.ARRIVED;
  }

  private void countKeyPicture(boolean key) {
    sinceKeyPicture++;
    if (key) {
      long apart = keyPictures.seen() == 0 ? 0 : sinceKeyPicture;
      keyPictures =
          new KeyPictures(keyPictures.seen() + 1, Math.max(keyPictures.mostApart(), apart));
      sinceKeyPicture = 0;
    }
  }

  private Step failedRead(int read) {
    if (interrupt.isDue()) {
      return Step.INTERRUPTED;
    }
    boolean over = read == AVERROR_EOF || ++failedReads > MOST_FAILED_READS;
    if (!over) {
      return Step.BROKEN;
    }
    if (draining) {
      return Step.END;
    }
    draining = true;
    return avcodec_send_packet(codec, null) < 0 ? Step.END : Step.ARRIVED;
  }

  /**
   * When the frame is to be shown, on the stream's own clock.
   *
   * @param otherwise the answer when the frame does not say
   */
  long positionNanos(AVFrame frame, long otherwise) {
    long ticks = frame.best_effort_timestamp();
    return ticks == AV_NOPTS_VALUE ? otherwise : nanos(ticks);
  }

  /** Where the stream's own clock begins; null when it does not say. */
  @Nullable Long startNanos() {
    long ticks = stream.start_time();
    return ticks == AV_NOPTS_VALUE ? null : Long.valueOf(nanos(ticks));
  }

  /** How long the frame is to be shown, at least 1 ns. */
  long durationNanos(AVFrame frame) {
    long said = nanos(frame.duration());
    double rate = nominalFramesPerSecond();
    return said > 0 ? said : Math.round(NANOS_PER_SECOND / (rate > 0 ? rate : 25));
  }

  private long nanos(long ticks) {
    return Math.round(ticks * nanosPerTick);
  }

  double nominalFramesPerSecond() {
    double rate = av_q2d(stream.avg_frame_rate());
    return Double.isFinite(rate) ? rate : 0;
  }

  String codecName() {
    return avcodec_get_name(codec.codec_id()).getString();
  }

  /** As far as it was read; of a clip that is ahead of what was handed out. */
  KeyPictures keyPictures() {
    return keyPictures;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** {@link System#nanoTime()} when the newest packet had arrived, or when this was opened. */
  long arrivedNanos() {
    return arrivedNanos;
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avcodec_free_context(codec);
    avformat_close_input(format);
  }
}
