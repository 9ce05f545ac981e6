package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.testing.H264Pictures;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestCamera;
import org.sightline.edge.testing.TestClips;

/** What cameras do once their pictures flow, all of it without RTCP. */
@Timeout(120)
class CameraHabitsTest {
  private static final Duration STALL = Duration.ofMillis(700);

  /** Pictures per second where only their number counts. */
  private static final int QUICKLY = 250;

  @TempDir private static Path folder;

  /** A key picture each second. */
  private static H264Pictures pictures;

  @BeforeAll
  static void record() throws Exception {
    pictures =
        H264Pictures.read(TestClips.of(320, 240, 25).h264(folder.resolve("camera.h264"), 50));
  }

  @Test
  void aKeyPictureThatComesLateIsWaitedFor() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).plays(10, 1);
        MeasuredSource source = FrameSources.open(settings(camera, Duration.ofSeconds(10)))) {
      read(source, 3);
      assertThat(camera.connections()).isEqualTo(1);
    }
  }

  @Test
  void aCameraThatSendsNoKeyPictureIsNotSaidToBeDead() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).plays(2, 1);
        MeasuredSource source = FrameSources.open(settings(camera, Duration.ofSeconds(1)))) {
      CompletableFuture<@Nullable Frame> first = nextOf(source);
      await().atMost(Duration.ofSeconds(10)).until(() -> source.trouble() != null);
      assertThat(Objects.requireNonNull(source.trouble()).getMessage())
          .contains("video arrives, but no complete picture for 1.0 s", "keyPictureWithin");
      assertThat(first).isNotDone();
    }
  }

  @Test
  void aReaderThatTakesItsTimeIsNoStallOfTheCamera() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures);
        MeasuredSource source = FrameSources.open(settings(camera, STALL))) {
      read(source, 3);
      TimeUnit.MILLISECONDS.sleep(3 * STALL.toMillis());
      read(source, 30);
      assertThat(source.statistics().reconnects()).isZero();
    }
  }

  static Stream<Arguments> clocks() {
    return Stream.of(
        clock("starts again", number -> number < 20 ? number * 3600 : (number - 20) * 3600),
        clock("leaps by an hour", number -> number * 3600 + (number < 20 ? 0 : 3600 * 90_000)),
        clock("wraps", number -> -20 * 3600 + number * 3600),
        clock("stands still", number -> 0),
        clock("runs backwards", number -> -number * 3600),
        clock("is 5 % fast", number -> number * 3780),
        clock("is 5 % slow", number -> number * 3420));
  }

  private static Arguments clock(String name, IntUnaryOperator ticks) {
    return Arguments.of(name, ticks);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clocks")
  void theTimesThatACameraGivesItsPicturesDoNotMatter(String name, IntUnaryOperator ticks)
      throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).plays(QUICKLY, 0).stamps(ticks);
        MeasuredSource source = FrameSources.open(settings(camera, STALL))) {
      Duration before = Duration.ofNanos(-1);
      for (int i = 0; i < 60; i++) {
        try (Frame frame = Objects.requireNonNull(source.next())) {
          assertThat(frame.streamTime()).isGreaterThan(before);
          assertThat(TestClips.numberIn(frame.picture())).isEqualTo(i % 50);
          before = frame.streamTime();
        }
      }
      assertThat(camera.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void powerLostInTheMiddleOfAReadCostsOneConnection(boolean noticed) throws Exception {
    try (TestCamera camera = TestCamera.start(pictures);
        MeasuredSource source = FrameSources.open(settings(camera, STALL))) {
      TestCamera failing = noticed ? camera.hangsUpAfter(15, true) : camera.losesPowerAfter(15);
      read(source, 40);
      assertThat(source.statistics().reconnects()).isEqualTo(failing.connections() - 1L);
      assertThat(source.statistics().failures()).isZero();
    }
  }

  @Test
  void connectionsLeaveNothingBehind() throws Exception {
    H264Pictures large =
        H264Pictures.read(TestClips.of(640, 480, 25).h264(folder.resolve("large.h264"), 25));
    try (TestCamera camera = TestCamera.start(large)) {
      connect(camera, 20);
      long files = openFiles();
      int threads = Thread.activeCount();
      long before = memoryBytes();
      connect(camera, 64);
      assertThat(openFiles()).isLessThan(files + 20);
      assertThat(Thread.activeCount()).isLessThan(threads + 20);
      // One decoded picture a time, left behind, would be 29 MB.
      assertThat(memoryBytes() - before).isLessThan(15L << 20);
    }
  }

  /** Of the process, less what the heap has grown by for the moment. */
  private static long memoryBytes() {
    System.gc();
    return Pointer.physicalBytes();
  }

  private static void connect(TestCamera camera, int times) throws Exception {
    Decoding decoding = Decoding.of(settings(camera, STALL), 1);
    RtspCamera reached = new RtspCamera(CameraAddress.of(camera.address()), null, null, decoding);
    AVFrame frame = avutil.av_frame_alloc();
    for (int i = 0; i < times; i++) {
      try (Interrupt interrupt = new Interrupt();
          LiveSource.Connection connection = reached.connect(interrupt)) {
        Media.Step step = Media.Step.ARRIVED;
        while (step == Media.Step.ARRIVED) {
          step = connection.media().next(frame);
        }
        assertThat(step).isEqualTo(Media.Step.FRAME);
        avutil.av_frame_unref(frame);
      }
    }
    avutil.av_frame_free(frame);
  }

  private static long openFiles() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static void read(MeasuredSource source, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Objects.requireNonNull(source.next()).close();
    }
  }

  private static CompletableFuture<@Nullable Frame> nextOf(MeasuredSource source) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.next();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static CameraSettings settings(TestCamera camera, Duration keyPictureWithin) {
    return SampleCamera.of(camera.address()).patience(STALL, keyPictureWithin).build();
  }
}
