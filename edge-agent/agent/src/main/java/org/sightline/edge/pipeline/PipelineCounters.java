package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

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
  final Map<String, LongAdder> alertsByCategory = new ConcurrentHashMap<>();
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
   * @param passes confirmed passes of one person in front of one camera
   * @param embeddings views that were turned into templates
   * @param faults what unexpected errors have cost
   * @param footage stream time of the latest processed frame of any camera
   * @param longestWait from a frame's capture until the analysis took it up
   */
  public record Snapshot(
      Frames frames,
      Faces faces,
      long passes,
      long embeddings,
      Alerts alerts,
      FaultCounts faults,
      Duration footage,
      Duration longestWait) {
    /** Before anything went through. */
    public static Snapshot none() {
      return new PipelineCounters().snapshot(0);
    }
  }

  /**
   * What became of the frames.
   *
   * @param read the passed over, processed and dropped ones, and those that still wait
   * @param passedOver not searched because they came sooner after the last searched one than is
   *     needed to follow people
   * @param dropped given up because the box was busy, always the one that had waited longest
   */
  public record Frames(long read, long passedOver, long processed, long dropped) {}

  /**
   * Faces in processed frames; one person is counted in every frame.
   *
   * @param leftOut of the detected ones, those that were not followed, because the frame had more
   *     than are followed at one camera
   */
  public record Faces(long detected, long leftOut) {}

  /**
   * Decisions.
   *
   * @param byCategory the raised ones, by what the subjects are listed for
   * @param continued those that were no new alert because the subject had never left
   * @param inMemory decided alerts that could not be stored yet
   * @param lost decided alerts that could not be stored at all
   */
  public record Alerts(
      long raised, Map<String, Long> byCategory, long continued, int inMemory, long lost) {}

  /**
   * The numbers now.
   *
   * @param sourceFailures times that a camera was closed by its own source and opened again
   */
  Snapshot snapshot(long sourceFailures) {
    return new Snapshot(
        new Frames(
            framesRead.sum(), framesPassedOver.sum(), framesProcessed.sum(), framesDropped.sum()),
        new Faces(facesDetected.sum(), facesLeftOut.sum()),
        passes.sum(),
        embeddings.sum(),
        new Alerts(
            alerts.sum(), byCategory(), alertsContinued.sum(), alertsInMemory, alertsLost.sum()),
        faults.counts(sourceFailures),
        Duration.ofNanos(latestNanos.get()),
        Duration.ofNanos(longestWaitNanos.get()));
  }

  private Map<String, Long> byCategory() {
    return alertsByCategory.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue().sum()));
  }
}
