package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imwrite;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imwritemulti;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestClips;

class FileSourceTest {
  private static final int FRAMES = 50;

  @TempDir private static Path folder;
  private static Path clip;

  @BeforeAll
  static void recordAClip() throws Exception {
    clip = TestClips.of(320, 240, 25).h264(folder.resolve("clip.mp4"), FRAMES);
  }

  @Test
  void everyFrameOfAClipIsReadInOrder() throws Exception {
    assertThat(numbers(fastest(clip))).containsExactlyElementsOf(upTo(FRAMES));
  }

  @Test
  void aFrameBearsItsPositionInTheClip() throws Exception {
    List<Duration> times = times(fastest(clip));
    assertThat(times.get(0)).isEqualTo(Duration.ZERO);
    assertThat(times.get(25).toMillis()).isEqualTo(1000);
    assertThat(times.get(49).toMillis()).isEqualTo(1960);
  }

  @Test
  void aDecodedFrameIsHandedOutInPlanarForm() throws Exception {
    try (FrameSource source = FrameSources.open(fastest(clip));
        Frame frame = frameOf(source)) {
      assertThat(frame.picture()).isInstanceOf(I420Picture.class);
      assertThat(frame.picture().widthPx()).isEqualTo(320);
      assertThat(frame.picture().heightPx()).isEqualTo(240);
    }
  }

  @Test
  void aSizeThatIsNoMultipleOfSixteenIsReportedAsShown() throws Exception {
    Path odd = TestClips.of(322, 178, 25).h264(folder.resolve("odd.mp4"), 3);
    try (FrameSource source = FrameSources.open(fastest(odd));
        Frame frame = frameOf(source)) {
      assertThat(frame.picture().widthPx()).isEqualTo(322);
      assertThat(frame.picture().heightPx()).isEqualTo(178);
    }
  }

  @Test
  void aWebcamsChromaIsConvertedToPlanarFullRange() throws Exception {
    Path webcam = TestClips.of(320, 240, 15).mjpeg422(folder.resolve("webcam.avi"), 5);
    try (FrameSource source = FrameSources.open(fastest(webcam));
        Frame frame = frameOf(source)) {
      assertThat(frame.picture()).isInstanceOf(I420Picture.class);
      assertThat(((I420Picture) frame.picture()).coding().fullRange()).isTrue();
    }
    assertThat(numbers(fastest(webcam))).containsExactlyElementsOf(upTo(5));
  }

  @Test
  void aGifIsReadInColoursWithItsOwnDurations() throws Exception {
    Path gif = TestClips.of(320, 240, 10).gif(folder.resolve("clip.gif"), 0, 10, 50, 60, 200);
    assertThat(numbers(fastest(gif))).containsExactlyElementsOf(upTo(5));
    assertThat(times(fastest(gif)).stream().map(Duration::toMillis))
        .containsExactly(0L, 100L, 500L, 600L, 2000L);
    try (FrameSource source = FrameSources.open(fastest(gif));
        Frame frame = frameOf(source)) {
      assertThat(frame.picture()).isInstanceOf(BgrPicture.class);
    }
  }

  @Test
  void aLoopedClipStartsOverWhileItsTimeKeepsRising() throws Exception {
    List<Integer> numbers = new ArrayList<>();
    List<Duration> times = new ArrayList<>();
    try (FrameSource source = FrameSources.open(settings(clip.toString(), Pace.FASTEST, true))) {
      for (int i = 0; i < 2 * FRAMES + 10; i++) {
        try (Frame frame = frameOf(source)) {
          numbers.add(TestClips.numberIn(frame.picture()));
          times.add(frame.streamTime());
        }
      }
    }
    assertThat(numbers.subList(FRAMES, FRAMES + 3)).containsExactly(0, 1, 2);
    assertThat(times).isSorted().doesNotHaveDuplicates();
    assertThat(times.get(2 * FRAMES).toMillis()).isEqualTo(4000);
  }

  @Test
  void atRealTimePaceNoFrameComesBeforeItIsDue() throws Exception {
    long beganNanos = 0;
    try (FrameSource source = FrameSources.open(settings(clip.toString(), Pace.REALTIME, false))) {
      for (int i = 0; i < 20; i++) {
        try (Frame frame = frameOf(source)) {
          beganNanos = i == 0 ? frame.capturedNanos() : beganNanos;
          assertThat(frame.capturedNanos() - beganNanos)
              .isGreaterThanOrEqualTo(frame.streamTime().toNanos() - 1_000_000);
        }
      }
    }
  }

  @Test
  void onlyAFewFramesMayBeOpenAtOnce() throws Exception {
    try (FrameSource source = FrameSources.open(fastest(clip))) {
      List<Frame> held = new ArrayList<>();
      for (int i = 0; i < FramePool.SLOTS; i++) {
        held.add(frameOf(source));
      }
      CompletableFuture<@Nullable Frame> oneMore = nextOf(source);
      assertThat(oneMore).isNotDone();
      held.get(3).close();
      try (Frame frame = Objects.requireNonNull(oneMore.get(5, TimeUnit.SECONDS))) {
        assertThat(TestClips.numberIn(frame.picture())).isEqualTo(FramePool.SLOTS);
      }
      assertThat(TestClips.numberIn(held.get(0).picture())).isZero();
      held.forEach(Frame::close);
    }
  }

  @Test
  void aFrameKeepsItsPixelsUntilItIsClosedThoughTheSourceIs() throws Exception {
    FrameSource source = FrameSources.open(fastest(clip));
    frameOf(source).close();
    try (Frame frame = frameOf(source)) {
      source.close();
      assertThat(TestClips.numberIn(frame.picture())).isEqualTo(1);
    }
  }

  @Test
  void closingEndsAReaderThatWaitsForTheNextFrameToBeDue() throws Exception {
    Path slow = TestClips.of(320, 240, 10).gif(folder.resolve("slow.gif"), 0, 3000, 6000);
    FrameSource source = FrameSources.open(settings(slow.toString(), Pace.REALTIME, false));
    frameOf(source).close();
    CompletableFuture<@Nullable Frame> waiting = nextOf(source);
    source.close();
    assertThat(waiting.get(1, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void garbageInTheMiddleOfAClipIsCountedAndReadOver() throws Exception {
    Path damaged = Files.copy(clip, folder.resolve("damaged.mp4"));
    byte[] garbage = new byte[4000];
    new Random(1).nextBytes(garbage);
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(garbage);
    }
    try (FrameSource source = FrameSources.open(fastest(damaged))) {
      int last = -1;
      for (Frame frame = source.next(); frame != null; frame = source.next()) {
        last = TestClips.numberIn(frame.picture());
        frame.close();
      }
      assertThat(last).isEqualTo(FRAMES - 1);
      assertThat(source.statistics().framesBroken()).isPositive();
    }
  }

  @Test
  void aClipCutShortEndsWhereItsPicturesEnd() throws Exception {
    Path whole = TestClips.of(320, 240, 25).h264(folder.resolve("whole.ts"), FRAMES);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.ts");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(numbers(fastest(cut))).isNotEmpty().hasSizeLessThan(FRAMES).startsWith(0, 1, 2);
  }

  @Test
  void anMp4WithoutItsIndexIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(clip);
    Path cut = folder.resolve("cut.mp4");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(cut.toString(), "not a video that can be read");
  }

  @Test
  void textUnderTheNameOfAVideoIsRefused() throws Exception {
    Path text = folder.resolve("text.mp4");
    Files.writeString(text, "no video at all\n".repeat(200), StandardCharsets.UTF_8);
    assertRefused(text.toString(), "not a video that can be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXTINF:2,\nclip.mp4\n#EXT-X-ENDLIST\n",
        "\ufeff#EXTM3U\nclip.mp4\n",
        "[playlist]\nFile1=clip.mp4\n",
        "ffconcat version 1.0\nfile clip.mp4\n",
        "<?xml version=\"1.0\"?>\n<!-- a list -->\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"/>",
        "<?xml version=\"1.0\"?>\n<playlist version=\"1\"/>",
        "<ASX version=\"3.0\"/>"
      })
  void aPlaylistIsRefusedAsSuchAndNotFollowed(String list) throws Exception {
    Path file = Files.writeString(folder.resolve("list.mp4"), list);
    assertRefused(file.toString(), "this is a playlist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "tif", "webp"})
  void aStillPictureIsRefusedAsSuch(String kind) throws Exception {
    Path file = folder.resolve("still." + kind);
    try (Mat picture = new Mat(480, 640, CV_8UC3, Scalar.GRAY)) {
      assertThat(imwrite(file.toString(), picture)).isTrue();
    }
    assertRefused(file.toString(), "this is a still picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "webp"})
  void anAnimatedPictureIsRefusedAsSuch(String kind) throws Exception {
    Path file = folder.resolve("animated." + kind);
    try (Mat dark = new Mat(48, 64, CV_8UC3, Scalar.BLACK);
        Mat bright = new Mat(48, 64, CV_8UC3, Scalar.WHITE);
        MatVector frames = new MatVector(dark, bright)) {
      assertThat(imwritemulti(file.toString(), frames)).isTrue();
    }
    assertRefused(file.toString(), "this is an animated picture");
  }

  @Test
  void aKindOfFileThatIsNotReadIsNamed() throws Exception {
    Path tape = TestClips.of(720, 576, 25).tape(folder.resolve("tape.dv"), 2);
    assertRefused(tape.toString(), "DV (Digital Video)");
  }

  @Test
  void theExportOfARecorderIsRead() throws Exception {
    Path export = TestClips.of(320, 240, 25).dav(folder.resolve("export.dav"), FRAMES);
    assertThat(numbers(fastest(export))).containsExactlyElementsOf(upTo(FRAMES));
  }

  @Test
  void theTimesOfARecordersExportAreThoseOfItsPictures() throws Exception {
    Path export = TestClips.of(320, 240, 25).dav(folder.resolve("export.dav"), FRAMES);
    assertThat(times(fastest(export)).get(FRAMES - 1).toMillis()).isEqualTo(1960);
  }

  @Test
  void soundAloneIsRefused() throws Exception {
    Path sound = TestClips.silence(folder.resolve("sound.mp4"));
    assertRefused(sound.toString(), "holds no video");
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    assertRefused(Files.createFile(folder.resolve("empty.mp4")).toString(), "empty");
  }

  @Test
  void aMissingFileIsRefused() {
    assertRefused(folder.resolve("missing.mp4").toString(), "no such file");
  }

  @Test
  void aFolderIsRefused() {
    assertRefused(folder.toString(), "not a file");
  }

  @Test
  void aDeviceThatIsNoCameraIsRefusedByWhatItIs() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("usb-Cam-video-index0"), Path.of("/dev/null"));
    assertRefused(link.toString(), "neither a clip nor a camera, it leads to /dev/null");
  }

  @Test
  void anotherKindOfAddressIsRefused() {
    assertRefused("http://127.0.0.1/clip.mp4", "not supported");
  }

  private static void assertRefused(String source, String what) {
    assertThatThrownBy(() -> FrameSources.open(settings(source, Pace.FASTEST, false)).close())
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(source);
  }

  private static Frame frameOf(FrameSource source) throws Exception {
    return Objects.requireNonNull(source.next(), "the source has ended");
  }

  private static CompletableFuture<@Nullable Frame> nextOf(FrameSource source) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.next();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static CameraSettings fastest(Path file) {
    return settings(file.toString(), Pace.FASTEST, false);
  }

  private static CameraSettings settings(String source, Pace pace, boolean loop) {
    return SampleCamera.of(source).pace(pace).loop(loop).build();
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Integer> numbers(CameraSettings settings) throws Exception {
    return each(settings, frame -> TestClips.numberIn(frame.picture()));
  }

  private static List<Duration> times(CameraSettings settings) throws Exception {
    return each(settings, Frame::streamTime);
  }

  private static <T> List<T> each(CameraSettings settings, Function<Frame, T> reading)
      throws Exception {
    List<T> seen = new ArrayList<>();
    try (FrameSource source = FrameSources.open(settings)) {
      for (Frame frame = source.next(); frame != null; frame = source.next()) {
        seen.add(reading.apply(frame));
        frame.close();
      }
    }
    return seen;
  }
}
