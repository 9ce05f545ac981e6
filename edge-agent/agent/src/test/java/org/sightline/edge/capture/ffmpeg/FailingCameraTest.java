package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.domain.CameraId;

/** A camera whose reading fails in a way that nobody thought of. */
class FailingCameraTest {
  private final LiveSource source =
      new LiveSource(
          CameraSettings.of(new CameraId("mast-1"), "rtsp://127.0.0.1/stream"),
          interrupt -> {
            throw new IllegalStateException("nobody thought of this");
          });

  private final Thread reader = new Thread(this::read);
  private volatile boolean ended;

  private void read() {
    try {
      ended = source.next() == null;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void begin() {
    reader.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    source.close();
    reader.join();
  }

  @Test
  void isTriedAgain() {
    await().until(() -> source.statistics().failures() >= 2);
  }

  @Test
  void saysWhyItHasNoFrames() {
    await().until(() -> source.trouble() != null);
    assertThat(source.trouble().getMessage())
        .contains("camera mast-1", "reading it failed: IllegalStateException");
  }

  @Test
  void canBeClosedMeanwhile() throws InterruptedException {
    await().until(() -> source.statistics().failures() >= 1);
    source.close();
    reader.join();
    assertThat(ended).isTrue();
  }
}
