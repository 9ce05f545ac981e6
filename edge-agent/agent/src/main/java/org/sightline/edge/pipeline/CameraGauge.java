package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.lens.LensWatch;

/** What is known of one camera's frames. Thread-safe, but for {@link #see}. */
final class CameraGauge {
  private final LensWatch lens = new LensWatch();
  final LongAdder dropped = new LongAdder();
  private volatile boolean everSearched;
  private volatile long capturedNanos;

  /** A frame came; of the camera's own thread. */
  void see(Frame frame) {
    lens.see(frame);
  }

  /** A frame was searched. */
  void searched(Frame frame) {
    capturedNanos = frame.capturedNanos();
    everSearched = true;
  }

  CameraState state(Pipeline.Camera camera) {
    return new CameraState(
        camera.id(),
        camera.source().statistics(),
        lens.fault(),
        everSearched ? Duration.ofNanos(System.nanoTime() - capturedNanos) : null,
        dropped.sum());
  }
}
