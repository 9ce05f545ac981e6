package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.capture.FrameSources;

/** What is a camera of this machine, and so needs an authority before it is opened. */
class V4l2CameraTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/video0",
        "/dev/v4l/by-id/usb-046d_Webcam-video-index0",
        "/dev/v4l/by-path/pci-0000:00:14.0-usb-0:1:1.0-video-index0",
        "/dev/../dev/video0"
      })
  void aCameraIsKnownByItsLastingNamesToo(String source) {
    assertThat(FrameSources.isLive(source)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/video97", "/dev/v4l/by-id/usb-x", "other"})
  void aLinkToACameraIsThatCamera(String target) throws Exception {
    Files.createSymbolicLink(folder.resolve("other"), Path.of("/dev/video97"));
    Path link = Files.createSymbolicLink(folder.resolve("mast.mp4"), Path.of(target));
    assertThat(FrameSources.isLive(link.toString())).isTrue();
  }

  @Test
  void aLinkToAClipOrToItselfIsNoCamera() throws Exception {
    Path clip = Files.createFile(folder.resolve("clip.mp4"));
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), clip);
    Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
    assertThat(FrameSources.isLive(link.toString())).isFalse();
    assertThat(FrameSources.isLive(round.toString())).isFalse();
  }
}
