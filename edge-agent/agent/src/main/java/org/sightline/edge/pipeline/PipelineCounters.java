package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What went through the pipeline since it was started: numbers only. Thread-safe. */
public final class PipelineCounters {
  final LongAdder framesRead = new LongAdder();
  final LongAdder framesPassedOver = new LongAdder();
  final LongAdder framesProcessed = new LongAdder();
  final LongAdder framesDropped = new LongAdder();
  final LongAdder facesDetected = new LongAdder();
  final LongAdder passes = new LongAdder();
  final LongAdder embeddings = new LongAdder();
  final LongAdder facesLeftOut = new LongAdder();
  final LongAdder alerts = new LongAdder();
  final LongAdder alertsContinued = new LongAdder();
  final LongAdder alertsLost = new LongAdder();
  volatile int alertsInMemory;
  final Faults faults = new Faults();
  final LongAccumulator latestNanos = new LongAccumulator(Math::max, 0);
  private final LongAccumulator longestWaitNanos = new LongAccumulator(Math::max, 0);

  /** A frame was taken up so long after its capture. */
  void waited(long nanos) {
    longestWaitNanos.accumulate(nanos);
  }

  /**
   * The numbers at one moment.
   *
   * @param framesRead the passed over, processed and dropped ones, and those that still wait
   * @param framesPassedOver frames not searched because they came sooner after the last searched
   *     one than is needed to follow people
   * @param framesDropped frames given up because the box was busy, always the one that had waited
   *     longest
   * @param facesDetected faces in processed frames; one person is counted in every frame
   * @param facesLeftOut faces in processed frames that were not followed, because the frame had
   *     more than are followed at one camera
   * @param passes confirmed passes of one person in front of one camera
   * @param embeddings views that were turned into templates
   * @param alertsContinued decisions that were no new alert because the subject had never left
   * @param alertsInMemory decided alerts that could not be stored yet
   * @param alertsLost decided alerts that could not be stored at all
   * @param faults what unexpected errors have cost
   * @param footage stream time of the latest processed frame of any camera
   * @param longestWait from a frame's capture until the analysis took it up
   */
  public record Snapshot(
      long framesRead,
      long framesPassedOver,
      long framesProcessed,
      long framesDropped,
      long facesDetected,
      long facesLeftOut,
      long passes,
      long embeddings,
      long alerts,
      long alertsContinued,
      int alertsInMemory,
      long alertsLost,
      FaultCounts faults,
      Duration footage,
      Duration longestWait) {
    /** Before anything went through. */
    public static Snapshot none() {
      return new PipelineCounters().snapshot(0);
    }
  }

  /**
   * The numbers now.
   *
   * @param sourceFailures times that a camera was closed by its own source and opened again
   */
  Snapshot snapshot(long sourceFailures) {
    return new Snapshot(
        framesRead.sum(),
        framesPassedOver.sum(),
        framesProcessed.sum(),
        framesDropped.sum(),
        facesDetected.sum(),
        facesLeftOut.sum(),
        passes.sum(),
        embeddings.sum(),
        alerts.sum(),
        alertsContinued.sum(),
        alertsInMemory,
        alertsLost.sum(),
        faults.counts(sourceFailures),
        Duration.ofNanos(latestNanos.get()),
        Duration.ofNanos(longestWaitNanos.get()));
  }
}
