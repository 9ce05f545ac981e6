package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.capture.PixelAspect;
import org.sightline.edge.capture.StreamProperties;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestClips;
import org.slf4j.LoggerFactory;

/** A clip is read as a player shows it. */
class AsShownTest {
  @TempDir private static Path folder;

  private final Logger logger = (Logger) LoggerFactory.getLogger(FileSource.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  /** The first two are where the upper corners, left and right, of what is stored are shown. */
  @ParameterizedTest
  @CsvSource({
    "top left, top right, 1 0 0 1",
    "top right, bottom right, 0 1 -1 0",
    "bottom right, bottom left, -1 0 0 -1",
    "bottom left, top left, 0 -1 1 0",
    "top right, top left, -1 0 0 1",
    "bottom left, bottom right, 1 0 0 -1",
    "top left, bottom left, 0 1 1 0",
    "bottom right, top right, 0 -1 -1 0"
  })
  void aClipIsTurnedAndMirroredAsItAsks(String left, String right, String matrix) throws Exception {
    int[] entries = Arrays.stream(matrix.split(" ")).mapToInt(Integer::parseInt).toArray();
    TestClips clips = TestClips.of(322, 178, 25);
    for (Path stored :
        List.of(
            clips.h264(folder.resolve("stored.mp4"), 2),
            clips.png(folder.resolve("stored.mov"), 2))) {
      Path turned = TestClips.shownBy(entries, stored, folder.resolve("turned.mp4"));
      try (MeasuredSource source = FrameSources.open(settings(turned, null))) {
        Objects.requireNonNull(source.next()).close();
        // In the second frame only the upper left corner is bright, only the upper right one dark.
        try (Frame frame = Objects.requireNonNull(source.next())) {
          assertThat(brightness(frame.picture(), left)).isGreaterThan(200);
          assertThat(brightness(frame.picture(), right)).isLessThan(50);
          assertThat(size(frame)).isEqualTo(entries[0] == 0 ? "178x322" : "322x178");
        }
        assertThat(size(source)).isEqualTo(entries[0] == 0 ? "178x322" : "322x178");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, , 640x240",
    "0.5, , 320x480",
    "1.4545, , 465x240",
    "1.005, , 320x240",
    "100, , 320x240",
    "1, 2:1, 640x240",
    "2, 1:1, 320x240"
  })
  void pixelsAreMadeSquare(double said, @Nullable String asked, String shown) throws Exception {
    Path clip = TestClips.of(320, 240, 25).h264(folder.resolve("shape.mp4"), 2, said);
    PixelAspect aspect = asked == null ? null : PixelAspect.parse(asked);
    try (MeasuredSource source = FrameSources.open(settings(clip, aspect))) {
      try (Frame frame = Objects.requireNonNull(source.next())) {
        assertThat(size(frame)).isEqualTo(shown);
      }
      assertThat(size(source)).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theLargestOfSeveralVideosIsReadWhicheverIsTheDefault(int defaultOne) throws Exception {
    Path thumbnail = TestClips.of(160, 90, 25).h264(folder.resolve("small.mp4"), 3);
    Path scene = TestClips.of(320, 240, 25).h264(folder.resolve("scene.mp4"), 3);
    assertThat(sizeOfFirst(together(defaultOne, thumbnail, scene))).isEqualTo("320x240");
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("it has 2 video streams; the largest");
  }

  @Test
  void theDefaultOfSeveralVideosOfOneSizeIsRead() throws Exception {
    Path front = TestClips.of(320, 240, 25).h264(folder.resolve("front.mp4"), 3);
    Path rear = TestClips.of(240, 320, 25).h264(folder.resolve("rear.mp4"), 3);
    assertThat(sizeOfFirst(together(0, front, rear))).isEqualTo("320x240");
    assertThat(sizeOfFirst(together(1, front, rear))).isEqualTo("240x320");
  }

  @ParameterizedTest
  @CsvSource({"0, 3600", "3600, 0", "0, 90000"})
  void aJumpOfTimesIsPassedOverAndLoggedOnce(int first, int second) throws Exception {
    Path joined = folder.resolve("joined.ts");
    Files.deleteIfExists(joined);
    Files.createFile(joined);
    for (int beginning : new int[] {first, second, first}) {
      Path part = TestClips.of(320, 240, 25).h264From(beginning, folder.resolve("part.ts"), 25);
      Files.write(joined, Files.readAllBytes(part), java.nio.file.StandardOpenOption.APPEND);
    }
    List<Duration> times = new ArrayList<>();
    try (MeasuredSource source = FrameSources.open(settings(joined, null))) {
      for (Frame frame = source.next(); frame != null; frame = source.next()) {
        times.add(frame.streamTime());
        frame.close();
      }
    }
    assertThat(times).hasSizeGreaterThan(70).isSorted().doesNotHaveDuplicates();
    assertThat(times.get(times.size() - 1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
    assertThat(warnings()).hasSize(1).allMatch(line -> line.contains("its times jump by"));
  }

  @Test
  void aFrameThatIsToBeShownForLongIsNoGap() throws Exception {
    Path slow = TestClips.of(320, 240, 10).gif(folder.resolve("slow.gif"), 0, 3000, 6000);
    try (MeasuredSource source = FrameSources.open(settings(slow, null))) {
      Objects.requireNonNull(source.next()).close();
      try (Frame second = Objects.requireNonNull(source.next())) {
        assertThat(second.streamTime()).isEqualTo(Duration.ofSeconds(30));
      }
    }
    assertThat(warnings()).isEmpty();
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static Path together(int defaultOne, Path... clips) throws Exception {
    return TestClips.together(folder.resolve("both.mkv"), defaultOne, clips);
  }

  private static String sizeOfFirst(Path clip) throws Exception {
    try (MeasuredSource source = FrameSources.open(settings(clip, null));
        Frame frame = Objects.requireNonNull(source.next())) {
      return size(frame);
    }
  }

  private static String size(Frame frame) {
    return frame.picture().widthPx() + "x" + frame.picture().heightPx();
  }

  private static String size(MeasuredSource source) {
    StreamProperties stream = Objects.requireNonNull(source.stream());
    return stream.widthPx() + "x" + stream.heightPx();
  }

  private static int brightness(Picture picture, String corner) {
    int x = corner.contains("left") ? 6 : picture.widthPx() - 7;
    int y = corner.contains("top") ? 6 : picture.heightPx() - 7;
    if (picture instanceof I420Picture planar) {
      return Byte.toUnsignedInt(planar.y().get(y * planar.yStrideBytes() + x));
    }
    BgrPicture bgr = (BgrPicture) picture;
    return Byte.toUnsignedInt(bgr.data().get(y * bgr.strideBytes() + 3 * x));
  }

  private static CameraSettings settings(Path clip, @Nullable PixelAspect aspect) {
    return SampleCamera.fastest(clip).pixelAspect(aspect).build();
  }
}
