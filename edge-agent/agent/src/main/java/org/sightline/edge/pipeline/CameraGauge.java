package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.lens.LensWatch;

/** What is known of one camera's frames. Thread-safe, but for {@link #see}. */
final class CameraGauge {
  private final LensWatch lens = new LensWatch();
  final LongAdder dropped = new LongAdder();
  private final LongAdder framesSearched = new LongAdder();
  private volatile CameraPhase phase = CameraPhase.WAITING;
  private volatile boolean everSearched;
  private volatile long capturedNanos;

  /** It is read from now on. */
  void open() {
    phase = CameraPhase.OPEN;
  }

  /** An error closed it. */
  void fail() {
    phase = CameraPhase.FAILED;
  }

  /** No frame comes any more; that an error was why stays known. */
  void end() {
    if (phase != CameraPhase.FAILED) {
      phase = CameraPhase.ENDED;
    }
  }

  /** The pipeline is closed, and with it every camera, whatever was before. */
  void close() {
    phase = CameraPhase.ENDED;
  }

  /** A frame came; of the camera's own thread. */
  void see(Frame frame) {
    lens.see(frame);
  }

  /** A frame was searched. */
  void searched(Frame frame) {
    capturedNanos = frame.capturedNanos();
    everSearched = true;
    framesSearched.increment();
  }

  CameraState state(Pipeline.Camera camera) {
    CameraPhase now = phase;
    return new CameraState(
        camera.id(),
        now,
        camera.source().statistics(),
        now == CameraPhase.OPEN ? lens.fault() : Optional.empty(),
        everSearched ? Duration.ofNanos(System.nanoTime() - capturedNanos) : null,
        framesSearched.sum(),
        dropped.sum());
  }
}
