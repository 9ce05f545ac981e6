package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Decoder;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.testing.RtspServer;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestClips;
import org.slf4j.LoggerFactory;

@Timeout(60)
class DecodingTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Decoding.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @ParameterizedTest
  @EnumSource(names = {"NVDEC", "VAAPI"})
  void withoutTheDeviceAClipGivesTheSameFramesAndOneWarning(Decoder decoder) throws Exception {
    assumeThat(hasGpu()).as("this machine has a GPU that may decode").isFalse();
    Path clip = TestClips.of(320, 240, 25).h264(folder.resolve("clip.mp4"), 12);
    assertThat(pictures(clip, decoder, 30)).isEqualTo(pictures(clip, Decoder.SOFTWARE, 30));
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("camera mast-1 at " + clip)
        .contains("decoded in software and not by " + decoder)
        .contains("no such device")
        .contains("set decoder: software");
  }

  @Test
  void anEncodingThatNoDeviceKnowsIsDecodedInSoftwareWithOneWarning() throws Exception {
    Path gif = TestClips.of(320, 240, 10).gif(folder.resolve("clip.gif"), 0, 10, 20);
    assertThat(pictures(gif, Decoder.NVDEC, 7)).isEqualTo(pictures(gif, Decoder.SOFTWARE, 7));
    assertThat(warnings()).singleElement().asString().contains("decodes gif in software alone");
  }

  @Test
  void aCameraThatComesBackIsNotWarnedOfAgain() throws Exception {
    assumeThat(hasGpu()).as("this machine has a GPU that may decode").isFalse();
    try (RtspServer server = RtspServer.startPattern("--size", "320x240");
        MeasuredSource source = FrameSources.open(settings(server.address(), Decoder.NVDEC))) {
      readUntil(source, 1);
      server.kill();
      server.restart("--size", "320x240");
      while (source.statistics().reconnects() == 0) {
        readUntil(source, source.statistics().framesRead() + 1);
      }
    }
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void theFormThatDevicesDecodeToHasThePixelsOfPlanarForm() {
    try (FrameSlot slot = new FrameSlot()) {
      AVFrame frame = slot.decoded();
      frame.format(AV_PIX_FMT_NV12).width(32).height(16);
      assertThat(av_frame_get_buffer(frame, 0)).isZero();
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 32; x++) {
          frame.data(0).put((long) y * frame.linesize(0) + x, (byte) (16 + 5 * y + x));
          if (y < 8) {
            frame
                .data(1)
                .put((long) y * frame.linesize(1) + x, (byte) (x % 2 == 0 ? 100 + y : 150 + x));
          }
        }
      }
      I420Picture picture = (I420Picture) Objects.requireNonNull(slot.picture());
      assertThat(picture.y().get(3 * picture.yStrideBytes() + 4)).isEqualTo((byte) 35);
      assertThat(picture.u().get(3 * picture.chromaStrideBytes() + 4)).isEqualTo((byte) 103);
      assertThat(picture.v().get(3 * picture.chromaStrideBytes() + 4)).isEqualTo((byte) 159);
    }
  }

  private static boolean hasGpu() {
    return Files.exists(Path.of("/dev/dri")) || Files.exists(Path.of("/dev/nvidia0"));
  }

  private static CameraSettings settings(String source, Decoder decoder) {
    return SampleCamera.of(source).pace(Pace.FASTEST).loop(true).decoder(decoder).build();
  }

  /** So many frames of a clip that is looped. */
  private static List<ByteBuffer> pictures(Path clip, Decoder decoder, int count) throws Exception {
    List<ByteBuffer> seen = new ArrayList<>();
    try (MeasuredSource source = FrameSources.open(settings(clip.toString(), decoder))) {
      while (seen.size() < count) {
        try (Frame frame = Objects.requireNonNull(source.next())) {
          BgrPicture pixels =
              BgrPicture.allocate(frame.picture().widthPx(), frame.picture().heightPx());
          new Resampler().resample(frame.picture(), pixels);
          seen.add(pixels.data());
        }
      }
    }
    return seen;
  }

  private static void readUntil(MeasuredSource source, long frames) throws Exception {
    while (source.statistics().framesRead() < frames) {
      Objects.requireNonNull(source.next()).close();
    }
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
