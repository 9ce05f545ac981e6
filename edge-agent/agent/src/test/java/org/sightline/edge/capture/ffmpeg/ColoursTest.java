package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FFV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.capture.CameraProbe;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.YuvCoding;
import org.sightline.edge.domain.YuvCoding.Matrix;
import org.sightline.edge.imaging.DrawnPictures;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.testing.TestClips;

/** A clip's colours come out as they went in, whatever its samples stand for. */
class ColoursTest {
  /** Of 255; one matrix taken for another is wrong by 15 and more, a range by 16. */
  private static final double TOLERANCE = 6;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "BT_601, false",
    "BT_601, true",
    "BT_709, false",
    "BT_709, true",
    "BT_2020, false",
    "BT_2020, true"
  })
  void theClipSaysWhatItsSamplesStandFor(Matrix matrix, boolean fullRange) throws Exception {
    I420Picture picture = drawn(320, 240, new YuvCoding(matrix, fullRange));
    Path clip =
        TestClips.coloured(
            folder.resolve("clip.mp4"), AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P, picture, true);
    assertThat(largestError(clip)).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"BT_601, 640, 480", "BT_601, 720, 576", "BT_709, 1280, 720"})
  void aClipThatDoesNotSayIsTakenByItsSize(Matrix matrix, int width, int height) throws Exception {
    I420Picture picture = drawn(width, height, new YuvCoding(matrix, false));
    Path clip =
        TestClips.coloured(
            folder.resolve("clip.mp4"), AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P, picture, false);
    assertThat(largestError(clip)).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "BT_601, " + AV_PIX_FMT_YUV422P,
    "BT_709, " + AV_PIX_FMT_YUV422P,
    "BT_2020, " + AV_PIX_FMT_YUV420P10LE
  })
  void otherFormsThanPlanar420KeepTheirColours(Matrix matrix, int form) throws Exception {
    I420Picture picture = drawn(320, 240, new YuvCoding(matrix, false));
    Path clip =
        TestClips.coloured(folder.resolve("clip.mkv"), AV_CODEC_ID_FFV1, form, picture, true);
    assertThat(largestError(clip)).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void blackIsDarkWhateverTheRange(boolean fullRange) throws Exception {
    YuvCoding coding = new YuvCoding(Matrix.BT_601, fullRange);
    I420Picture black = DrawnPictures.i420(320, 240, coding, (x, y, channel) -> 0);
    Path clip =
        TestClips.coloured(
            folder.resolve("black.mp4"), AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P, black, true);
    assertThat(new CameraProbe(settings(clip), Duration.ofSeconds(1)).measure().look().meanLuma())
        .isCloseTo(0, within(1.0));
  }

  private static I420Picture drawn(int width, int height, YuvCoding coding) {
    return DrawnPictures.i420(width, height, coding, ColoursTest::vivid);
  }

  /** Strong colours, no two channels alike, that change slowly. */
  private static double vivid(double x, double y, int channel) {
    return switch (channel) {
      case 0 -> 20 + 60 * x;
      case 1 -> 40 + 80 * y;
      default -> 230 - 100 * x;
    };
  }

  private static double largestError(Path clip) throws Exception {
    try (MeasuredSource source = FrameSources.open(settings(clip));
        Frame frame = Objects.requireNonNull(source.next())) {
      BgrPicture colours = BgrPicture.allocate(160, 120);
      new Resampler().resample(frame.picture(), colours);
      return DrawnPictures.largestError(colours, ColoursTest::vivid);
    }
  }

  private static CameraSettings settings(Path clip) {
    return CameraSettings.of(new CameraId("mast-1"), clip.toString());
  }
}
