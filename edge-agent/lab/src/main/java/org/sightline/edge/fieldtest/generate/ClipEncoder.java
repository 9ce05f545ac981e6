package org.sightline.edge.fieldtest.generate;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/**
 * Writes frames as H.264 in MP4, with the noise of a sensor on the luma. BT.601, limited range. Not
 * thread-safe.
 */
final class ClipEncoder implements AutoCloseable {
  private final Path file;
  private final int width;
  private final int height;
  private final FFmpegFrameRecorder recorder;
  private final ByteBuffer planes;
  private final byte[] luma;
  private final byte[] chroma;
  private final byte[] grain;
  private final Draw draw;

  /**
   * @throws GenerationException if the file cannot be written
   */
  ClipEncoder(Path file, Scene scene) throws GenerationException {
    this.file = file;
    width = scene.video().widthPx();
    height = scene.video().heightPx();
    luma = new byte[width * height];
    chroma = new byte[width * height / 2];
    planes = ByteBuffer.allocateDirect(luma.length + chroma.length);
    draw = Draw.of(scene.seed(), 11);
    grain = new byte[2 * width * height];
    for (int i = 0; i < grain.length; i++) {
      float sum = draw.between(-1, 1) + draw.between(-1, 1) + draw.between(-1, 1);
      grain[i] = (byte) Math.round(sum * scene.exposure().noise());
    }
    av_log_set_level(AV_LOG_ERROR);
    recorder = new FFmpegFrameRecorder(file.toFile(), width, height);
    recorder.setFormat("mp4");
    recorder.setVideoCodecName("libopenh264");
    recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
    recorder.setVideoOption("colorspace", "smpte170m");
    recorder.setVideoOption("color_range", "tv");
    recorder.setFrameRate(scene.video().framesPerSecond());
    recorder.setGopSize(2 * scene.video().framesPerSecond());
    recorder.setVideoBitrate(scene.bitsPerSecond());
    recorder.setVideoOption("allow_skip_frames", "0");
    recorder.setVideoOption("rc_mode", "quality");
    try {
      recorder.start();
    } catch (FFmpegFrameRecorder.Exception e) {
      throw unwritable(e);
    }
  }

  /**
   * Appends a frame.
   *
   * @param rgb as many pixels as the scene has
   * @throws GenerationException if it cannot be written
   */
  void add(int[] rgb) throws GenerationException {
    convert(rgb);
    planes.clear();
    planes.put(luma).put(chroma).flip();
    try {
      recorder.recordImage(width, height, 8, 1, width, AV_PIX_FMT_YUV420P, planes);
    } catch (FFmpegFrameRecorder.Exception e) {
      throw unwritable(e);
    }
  }

  private void convert(int[] rgb) {
    int shift = draw.below(grain.length - luma.length);
    for (int i = 0; i < luma.length; i++) {
      int p = rgb[i];
      int y = (66 * (p >> 16 & 255) + 129 * (p >> 8 & 255) + 25 * (p & 255) + 128) >> 8;
      luma[i] = (byte) Math.max(16, Math.min(235, y + 16 + grain[shift + i]));
    }
    int columns = width / 2;
    int second = chroma.length / 2;
    for (int row = 0; row < height / 2; row++) {
      for (int column = 0; column < columns; column++) {
        int at = 2 * row * width + 2 * column;
        int a = rgb[at];
        int b = rgb[at + 1];
        int c = rgb[at + width];
        int d = rgb[at + width + 1];
        int red = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255);
        int green = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255);
        int blue = (a & 255) + (b & 255) + (c & 255) + (d & 255);
        int to = row * columns + column;
        chroma[to] = (byte) (((-38 * red - 74 * green + 112 * blue) >> 10) + 128);
        chroma[second + to] = (byte) (((112 * red - 94 * green - 18 * blue) >> 10) + 128);
      }
    }
  }

  private GenerationException unwritable(Exception cause) {
    return new GenerationException(
        "the clip cannot be written",
        file.toString(),
        "check that the folder is writable and has room",
        cause);
  }

  /** Ends the file. */
  @Override
  public void close() throws GenerationException {
    try {
      recorder.stop();
      recorder.release();
    } catch (FFmpegFrameRecorder.Exception e) {
      throw unwritable(e);
    }
  }
}
