package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestClips;

class NativeMemoryTest {
  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void openingAndClosingTwoHundredTimesLeavesNoMemoryBehind() throws Exception {
    Path clip = TestClips.of(640, 480, 25).h264(folder.resolve("clip.mp4"), 5);
    openAndClose(clip, 50);
    long before = Pointer.physicalBytes();
    openAndClose(clip, 200);
    // One decoded picture a time, left behind, would be 90 MB.
    assertThat(Pointer.physicalBytes() - before).isLessThan(60 * MEGABYTE);
  }

  private static void openAndClose(Path clip, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      CameraSettings settings = SampleCamera.fastest(clip).build();
      try (MeasuredSource source = FrameSources.open(settings)) {
        Objects.requireNonNull(source.next()).close();
        Objects.requireNonNull(source.next()).close();
      }
    }
  }
}
