package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.CaptureStatistics;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.lens.LensFault;

class CameraGaugeTest {
  private static final CameraId ID = new CameraId("mast-1");

  private final CameraGauge gauge = new CameraGauge();

  @BeforeEach
  void seeNothingForLong() {
    gauge.open();
    BgrPicture flat = BgrPicture.allocate(64, 36);
    for (int second = 0; second < 10; second++) {
      gauge.see(new Frame(ID, second, Duration.ofSeconds(second), 0, flat, () -> {}));
    }
  }

  private CameraState state() {
    return gauge.state(new Pipeline.Camera(ID, new Silent(), Pace.REALTIME));
  }

  @Test
  void anOpenCameraSaysWhyItDoesNotSee() {
    assertThat(state().lens()).contains(LensFault.COVERED);
  }

  @Test
  void oneThatHasEndedSaysNothingOfWhatItSaw() {
    gauge.end();

    assertThat(state().lens()).isEmpty();
  }

  @Test
  void thatAnErrorClosedItStaysKnownWhenItEnds() {
    gauge.fail();
    gauge.end();

    assertThat(state().phase()).isEqualTo(CameraPhase.FAILED);
  }

  @Test
  void onceThePipelineIsClosedItHasEndedWhateverWasBefore() {
    gauge.fail();
    gauge.close();

    assertThat(state().phase()).isEqualTo(CameraPhase.ENDED);
  }

  @Test
  void beforeItIsOpenItWaits() {
    CameraState waiting =
        new CameraGauge().state(new Pipeline.Camera(ID, new Silent(), Pace.REALTIME));

    assertThat(waiting.phase()).isEqualTo(CameraPhase.WAITING);
  }

  private static final class Silent implements FrameSource {
    @Override
    public @Nullable Frame next() {
      return null;
    }

    @Override
    public CaptureStatistics statistics() {
      return new CaptureStatistics(0, 0, 0, 0, true);
    }

    @Override
    public void close() {}
  }
}
