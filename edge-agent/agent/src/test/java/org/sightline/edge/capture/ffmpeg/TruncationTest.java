package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestClips;

/** Clips whose end is missing are refused when they are opened, and no others. */
class TruncationTest {
  private static final int FRAMES = 30;
  private static final TestClips CLIPS = TestClips.of(320, 240, 25);

  @TempDir private Path folder;

  @Test
  void anMp4WithItsIndexInFrontIsRefusedWhereverItsPicturesAreCut() throws Exception {
    Path whole = CLIPS.h264IndexFirst(folder.resolve("whole.mp4"), FRAMES);
    assertWhole(whole);
    assertRefusedAtEachCut(whole);
  }

  @Test
  void aGifIsRefusedWhereverItIsCut() throws Exception {
    Path whole = gif();
    assertWhole(whole);
    assertRefusedAtEachCut(whole);
  }

  @Test
  void aGifCutBehindAByteThatLooksLikeItsTrailerIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(gif());
    int behind =
        IntStream.range(bytes.length / 2, bytes.length - 1)
                .filter(at -> bytes[at] == 0x3B)
                .findFirst()
                .orElseThrow()
            + 1;
    assertCutShort(cut(bytes, behind, "gif"));
  }

  @Test
  void aGifWithMoreBehindItsTrailerIsWhole() throws Exception {
    byte[] bytes = Files.readAllBytes(gif());
    Path padded = folder.resolve("padded.gif");
    Files.write(padded, Arrays.copyOf(bytes, bytes.length + 100));
    assertWhole(padded);
  }

  @Test
  void aMatroskaIsRefusedWhereverItIsCut() throws Exception {
    Path whole = CLIPS.h264(folder.resolve("whole.mkv"), FRAMES);
    assertWhole(whole);
    assertRefusedAtEachCut(whole);
  }

  @Test
  void anAviCutInHalfIsRefused() throws Exception {
    Path whole = CLIPS.mjpeg422(folder.resolve("whole.avi"), FRAMES);
    assertWhole(whole);
    byte[] bytes = Files.readAllBytes(whole);
    assertCutShort(cut(bytes, bytes.length / 2, "avi"));
  }

  @Test
  void publishedClipsAreWhole() throws Exception {
    try (Stream<Path> files = Files.list(SharedFiles.data().resolve("intel"))) {
      List<Path> clips = files.filter(file -> file.toString().matches(".*\\.(gif|mp4)")).toList();
      assertThat(clips).isNotEmpty();
      for (Path clip : clips) {
        FrameSources.open(settings(clip)).close();
      }
    }
  }

  @Test
  void publishedClipsCutInHalfAreRefused() throws Exception {
    for (String name : List.of("one-by-one-person-detection.mp4", "people-detection.gif")) {
      byte[] bytes = Files.readAllBytes(SharedFiles.data().resolve("intel").resolve(name));
      assertCutShort(cut(bytes, bytes.length / 2, name));
    }
  }

  private Path gif() throws Exception {
    return CLIPS.gif(
        folder.resolve("whole.gif"), IntStream.range(0, FRAMES).map(i -> 4 * i).toArray());
  }

  private void assertRefusedAtEachCut(Path whole) throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    String ending = whole.toString().substring(whole.toString().lastIndexOf('.') + 1);
    for (int percent = 20; percent < 100; percent += 10) {
      assertCutShort(cut(bytes, (int) (bytes.length * (percent / 100.0)), ending));
    }
    assertCutShort(cut(bytes, bytes.length - 1, ending));
  }

  private Path cut(byte[] whole, int bytes, String ending) throws Exception {
    return Files.write(folder.resolve(bytes + "." + ending), Arrays.copyOf(whole, bytes));
  }

  private static void assertCutShort(Path clip) {
    assertThatThrownBy(() -> FrameSources.open(settings(clip)).close())
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("the clip is cut short")
        .hasMessageContaining(clip.toString());
  }

  private static void assertWhole(Path clip) throws Exception {
    try (FrameSource source = FrameSources.open(settings(clip))) {
      int frames = 0;
      for (Frame frame = source.next(); frame != null; frame = source.next()) {
        frames++;
        frame.close();
      }
      assertThat(frames).isEqualTo(FRAMES);
    }
  }

  private static CameraSettings settings(Path clip) {
    return SampleCamera.fastest(clip).build();
  }
}
