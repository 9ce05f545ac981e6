package org.sightline.edge.testing;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/**
 * Clips made of a moving gradient, with the number of each frame written in black and white squares
 * along its top, so that a test can read back which frame it has got.
 */
public final class TestClips {
  private static final int BITS = 12;

  private final int widthPx;
  private final int heightPx;
  private final int framesPerSecond;

  private TestClips(int widthPx, int heightPx, int framesPerSecond) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.framesPerSecond = framesPerSecond;
  }

  /** Clips of that size, at least 96 pixels wide. */
  public static TestClips of(int widthPx, int heightPx, int framesPerSecond) {
    return new TestClips(widthPx, heightPx, framesPerSecond);
  }

  /** H.264 in MP4 or whatever the file name asks for, with a whole picture every second. */
  public Path h264(Path file, int frames) throws Exception {
    return write(file, avcodec.AV_CODEC_ID_H264, avutil.AV_PIX_FMT_YUV420P, frames, null, Map.of());
  }

  /** H.264 in MP4 with its index in front, as for playing while it is fetched. */
  public Path h264IndexFirst(Path file, int frames) throws Exception {
    return write(
        file,
        avcodec.AV_CODEC_ID_H264,
        avutil.AV_PIX_FMT_YUV420P,
        frames,
        null,
        Map.of("movflags", "faststart"));
  }

  /** H.264 whose pixels are said to be so many times as wide as high. */
  public Path h264(Path file, int frames, double pixelAspect) throws Exception {
    return write(
        file,
        avcodec.AV_CODEC_ID_H264,
        avutil.AV_PIX_FMT_YUV420P,
        frames,
        null,
        Map.of(),
        recorder -> recorder.setAspectRatio(pixelAspect));
  }

  /** H.264 whose times begin there. */
  public Path h264From(int beginningSeconds, Path file, int frames) throws Exception {
    int[] beginnings =
        IntStream.range(0, frames)
            .map(number -> 100 * beginningSeconds + 100 * number / framesPerSecond)
            .toArray();
    return write(
        file, avcodec.AV_CODEC_ID_H264, avutil.AV_PIX_FMT_YUV420P, frames, beginnings, Map.of());
  }

  /** Pictures in colours, each by itself, in a container such as MOV. */
  public Path png(Path file, int frames) throws Exception {
    return write(file, avcodec.AV_CODEC_ID_PNG, avutil.AV_PIX_FMT_RGB24, frames, null, Map.of());
  }

  /**
   * A picture, shown for a second, in a clip that says how its samples stand for colours, or does
   * not say it.
   *
   * @param codec and pixelFormat as FFmpeg numbers them; other forms than planar 4:2:0 are
   *     converted
   */
  public static Path coloured(
      Path file, int codec, int pixelFormat, I420Picture picture, boolean said) throws Exception {
    int width = picture.widthPx();
    int height = picture.heightPx();
    ByteBuffer planes = ByteBuffer.allocateDirect(width * height * 3 / 2);
    copy(picture.y(), picture.yStrideBytes(), width, height, planes);
    copy(picture.u(), picture.chromaStrideBytes(), width / 2, height / 2, planes);
    copy(picture.v(), picture.chromaStrideBytes(), width / 2, height / 2, planes);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height)) {
      recorder.setVideoCodec(codec);
      recorder.setPixelFormat(pixelFormat);
      recorder.setFrameRate(2);
      recorder.setVideoBitrate(8_000_000);
      if (said) {
        String matrix =
            switch (picture.coding().matrix()) {
              case BT_601 -> "smpte170m";
              case BT_709 -> "bt709";
              case BT_2020 -> "bt2020nc";
            };
        recorder.setVideoOption("colorspace", matrix);
        recorder.setVideoOption("color_range", picture.coding().fullRange() ? "pc" : "tv");
      }
      recorder.start();
      for (int frame = 0; frame < 2; frame++) {
        planes.rewind();
        recorder.recordImage(width, height, 8, 1, width, avutil.AV_PIX_FMT_YUV420P, planes);
      }
      recorder.stop();
    }
    return file;
  }

  private static void copy(
      ByteBuffer plane, int strideBytes, int width, int height, ByteBuffer destination) {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        destination.put(plane.get(row * strideBytes + column));
      }
    }
  }

  /** Several clips as the videos of one file, the one of that number marked as its default. */
  public static Path together(Path file, int defaultOne, Path... clips) throws Exception {
    AVFormatContext output = new AVFormatContext(null);
    avformat.avformat_alloc_output_context2(output, null, null, file.toString());
    List<AVFormatContext> inputs = new ArrayList<>();
    for (Path clip : clips) {
      AVFormatContext input = new AVFormatContext(null);
      avformat.avformat_open_input(input, clip.toString(), null, null);
      avformat.avformat_find_stream_info(input, (AVDictionary) null);
      inputs.add(input);
      AVStream video = avformat.avformat_new_stream(output, null);
      avcodec.avcodec_parameters_copy(video.codecpar(), input.streams(0).codecpar());
      video.codecpar().codec_tag(0);
      boolean marked = inputs.size() - 1 == defaultOne;
      video.disposition(marked ? avformat.AV_DISPOSITION_DEFAULT : 0);
    }
    AVIOContext written = new AVIOContext(null);
    avformat.avio_open(written, file.toString(), avformat.AVIO_FLAG_WRITE);
    output.pb(written);
    avformat.avformat_write_header(output, (AVDictionary) null);
    AVPacket packet = avcodec.av_packet_alloc();
    for (int i = 0; i < clips.length; i++) {
      AVStream from = inputs.get(i).streams(0);
      while (avformat.av_read_frame(inputs.get(i), packet) >= 0) {
        packet.stream_index(i);
        avcodec.av_packet_rescale_ts(packet, from.time_base(), output.streams(i).time_base());
        avformat.av_interleaved_write_frame(output, packet);
      }
      avformat.avformat_close_input(inputs.get(i));
    }
    avformat.av_write_trailer(output);
    avcodec.av_packet_free(packet);
    avformat.avio_closep(written);
    avformat.avformat_free_context(output);
    return file;
  }

  /**
   * The same pictures in a part of the time, so that who looks so many times a second looks at
   * fewer of them, and to the end all the same.
   */
  public static Path hurried(Path clip, Path file, int times) throws Exception {
    AVFormatContext input = new AVFormatContext(null);
    avformat.avformat_open_input(input, clip.toString(), null, null);
    avformat.avformat_find_stream_info(input, (AVDictionary) null);
    int video =
        avformat.av_find_best_stream(
            input, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    AVStream from = input.streams(video);
    AVFormatContext output = new AVFormatContext(null);
    avformat.avformat_alloc_output_context2(output, null, null, file.toString());
    AVStream to = avformat.avformat_new_stream(output, null);
    avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
    to.codecpar().codec_tag(0);
    AVIOContext written = new AVIOContext(null);
    avformat.avio_open(written, file.toString(), avformat.AVIO_FLAG_WRITE);
    output.pb(written);
    avformat.avformat_write_header(output, (AVDictionary) null);
    AVRational hurried = avutil.av_make_q(from.time_base().num(), times * from.time_base().den());
    AVPacket packet = avcodec.av_packet_alloc();
    while (avformat.av_read_frame(input, packet) >= 0) {
      if (packet.stream_index() == video) {
        packet.stream_index(0);
        avcodec.av_packet_rescale_ts(packet, hurried, to.time_base());
        avformat.av_interleaved_write_frame(output, packet);
      }
      avcodec.av_packet_unref(packet);
    }
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(input);
    avformat.av_write_trailer(output);
    avformat.avio_closep(written);
    avformat.avformat_free_context(output);
    return file;
  }

  /** A clip in MP4 or MOV that asks its player to show it by that matrix (rows of tkhd's). */
  public static Path shownBy(int[] matrix, Path clip, Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(clip);
    int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tkhd");
    ByteBuffer entries = ByteBuffer.wrap(bytes).position(header + 44);
    for (int entry : matrix) {
      entries.putInt(entry << 16);
      entries.position(entries.position() + (entries.position() - header - 44 == 8 ? 4 : 0));
    }
    return Files.write(file, bytes);
  }

  /** Motion JPEG, with half its chroma columns, as many webcams send it. */
  public Path mjpeg422(Path file, int frames) throws Exception {
    return write(
        file, avcodec.AV_CODEC_ID_MJPEG, avutil.AV_PIX_FMT_YUVJ422P, frames, null, Map.of());
  }

  /** DV, as camcorders wrote it to tape; 720 x 576 at 25 a second. */
  public Path tape(Path file, int frames) throws Exception {
    return write(
        file, avcodec.AV_CODEC_ID_DVVIDEO, avutil.AV_PIX_FMT_YUV420P, frames, null, Map.of());
  }

  /**
   * H.264 as recorders of Dahua's export it: each picture between a head with its number, length,
   * date, milliseconds and form, and a tail with its length again.
   */
  public Path dav(Path file, int frames) throws Exception {
    Path clip = h264(file.resolveSibling(file.getFileName() + ".ts"), frames);
    ByteBuffer out =
        ByteBuffer.allocate((int) Files.size(clip) + 64 * frames).order(ByteOrder.LITTLE_ENDIAN);
    AVFormatContext input = new AVFormatContext(null);
    avformat.avformat_open_input(input, clip.toString(), null, null);
    AVPacket packet = avcodec.av_packet_alloc();
    for (int number = 0; avformat.av_read_frame(input, packet) >= 0; number++) {
      byte[] picture = new byte[packet.size()];
      packet.data().get(picture);
      boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
      int millis = 1000 * number / framesPerSecond;
      int length = 24 + 12 + picture.length + 8;
      out.put("DHAV".getBytes(StandardCharsets.US_ASCII));
      out.put(new byte[] {(byte) (key ? 0xfd : 0xfc), 1, 0, 0});
      out.putInt(number).putInt(length).putInt(26 << 26 | 11 << 22 | 28 << 17 | millis / 1000);
      out.putShort((short) millis).put((byte) 12).put((byte) 0);
      out.putInt(0x82).putShort((short) widthPx).putShort((short) heightPx);
      out.put(new byte[] {(byte) 0x81, 0, 2, (byte) framesPerSecond});
      out.put(picture).put("dhav".getBytes(StandardCharsets.US_ASCII)).putInt(length);
      avcodec.av_packet_unref(packet);
    }
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(input);
    return Files.write(file, Arrays.copyOf(out.array(), out.position()));
  }

  /** A GIF whose frames begin at the given hundredths of a second. */
  public Path gif(Path file, int... beginningsHundredths) throws Exception {
    return new TestClips(widthPx, heightPx, 100)
        .write(
            file,
            avcodec.AV_CODEC_ID_GIF,
            avutil.AV_PIX_FMT_RGB8,
            beginningsHundredths.length,
            beginningsHundredths,
            Map.of());
  }

  /** The frames of any clip, at so many a second, as H.264; for players that cannot loop a GIF. */
  public static Path h264(Path clip, Path file, int framesPerSecond) throws Exception {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(clip.toFile())) {
      grabber.start();
      try (FFmpegFrameRecorder recorder =
          new FFmpegFrameRecorder(
              file.toFile(), grabber.getImageWidth(), grabber.getImageHeight())) {
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(framesPerSecond);
        recorder.setVideoBitrate(4_000_000);
        recorder.start();
        for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
          recorder.record(frame);
        }
        recorder.stop();
      }
    }
    return file;
  }

  /** One second of sound without a picture. */
  public static Path silence(Path file) throws Exception {
    int samplesPerSecond = 8000;
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 1);
        Frame frame = new Frame()) {
      recorder.setAudioCodec(avcodec.AV_CODEC_ID_AAC);
      recorder.setSampleRate(samplesPerSecond);
      recorder.start();
      frame.sampleRate = samplesPerSecond;
      frame.audioChannels = 1;
      frame.samples = new Buffer[] {ShortBuffer.allocate(samplesPerSecond)};
      recorder.record(frame);
      recorder.stop();
    }
    return file;
  }

  static {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private Path write(
      Path file,
      int codec,
      int pixelFormat,
      int frames,
      int[] beginningsHundredths,
      Map<String, String> options)
      throws Exception {
    return write(file, codec, pixelFormat, frames, beginningsHundredths, options, recorder -> {});
  }

  private Path write(
      Path file,
      int codec,
      int pixelFormat,
      int frames,
      int[] beginningsHundredths,
      Map<String, String> options,
      Consumer<FFmpegFrameRecorder> more)
      throws Exception {
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), widthPx, heightPx);
        Frame frame = new Frame(widthPx, heightPx, Frame.DEPTH_UBYTE, 3)) {
      recorder.setVideoCodec(codec);
      recorder.setPixelFormat(pixelFormat);
      recorder.setFrameRate(framesPerSecond);
      recorder.setGopSize(framesPerSecond);
      recorder.setVideoBitrate(2_000_000);
      recorder.setOptions(options);
      more.accept(recorder);
      recorder.start();
      for (int number = 0; number < frames; number++) {
        draw((ByteBuffer) frame.image[0], frame.imageStride, number);
        if (beginningsHundredths != null) {
          recorder.setTimestamp(10_000L * beginningsHundredths[number]);
        }
        recorder.record(frame);
      }
      recorder.stop();
    }
    return file;
  }

  private void draw(ByteBuffer bgr, int strideBytes, int number) {
    int square = widthPx / BITS;
    for (int y = 0; y < heightPx; y++) {
      for (int x = 0; x < widthPx; x++) {
        int at = y * strideBytes + 3 * x;
        int bit = Math.min(x / square, BITS - 1);
        byte grey = (byte) ((number >> bit & 1) == 1 ? 235 : 20);
        boolean code = y < square;
        bgr.put(at, code ? grey : (byte) (x + 4 * number));
        bgr.put(at + 1, code ? grey : (byte) (y + 2 * number));
        bgr.put(at + 2, code ? grey : (byte) 90);
      }
    }
  }

  /** The number that is written in a picture, whatever size it has been scaled to. */
  public static int numberIn(Picture picture) {
    int square = picture.widthPx() / BITS;
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      if (brightness(picture, bit * square + square / 2, square / 2) > 127) {
        number |= 1 << bit;
      }
    }
    return number;
  }

  private static int brightness(Picture picture, int x, int y) {
    if (picture instanceof I420Picture planar) {
      return Byte.toUnsignedInt(planar.y().get(y * planar.yStrideBytes() + x));
    }
    BgrPicture bgr = (BgrPicture) picture;
    return Byte.toUnsignedInt(bgr.data().get(y * bgr.strideBytes() + 3 * x + 1));
  }
}
