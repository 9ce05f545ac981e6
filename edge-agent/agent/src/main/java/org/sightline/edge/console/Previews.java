package org.sightline.edge.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentObserver;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.pipeline.WatchedView;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What cameras see, for those who look at it now. While somebody looks at a camera, a small copy of
 * a frame is taken from the analysis, {@link #BETWEEN} apart at the least; a thread of its own
 * searches it and hides every face; what came of it is kept until the next. Nobody looks: nothing
 * is done, and nothing is kept. Thread-safe.
 */
final class Previews implements AgentObserver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Previews.class);

  /** A page that is open asks more often. */
  static final Duration LOOKED_AT = Duration.ofSeconds(5);

  static final Duration BETWEEN = Duration.ofMillis(500);

  /** What is older shows nothing any more. */
  static final Duration OLD = Duration.ofSeconds(30);

  /** The network is opened again when somebody looks after so long. */
  private static final Duration NETWORK_KEPT = Duration.ofSeconds(60);

  /** Of all cores at most so much is used for hiding: the pipeline has to keep its pace. */
  private static final double SHARE_OF_CORES = 0.05;

  private final Map<CameraId, PreviewSlot> slots;
  private final Hider.Opening opening;
  private final BlockingQueue<FrameCopy> waiting;
  private final double share;
  private final LineLimit lines = new LineLimit();
  private final Thread thread = Threads.daemon("preview", this::work);
  private volatile boolean closing;

  /**
   * @param share of the time of one core, in (0, 1]
   */
  Previews(List<CameraId> cameras, Hider.Opening opening, double share) {
    this.slots =
        cameras.stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), id -> new PreviewSlot()));
    this.opening = opening;
    this.waiting = new ArrayBlockingQueue<>(Math.max(1, cameras.size()));
    this.share = share;
    thread.start();
  }

  static Previews of(AgentSettings settings) {
    return of(settings, Math.min(1, SHARE_OF_CORES * Runtime.getRuntime().availableProcessors()));
  }

  static Previews of(AgentSettings settings, double share) {
    return new Previews(
        settings.cameras().stream().map(CameraSettings::id).toList(),
        () -> FaceHider.open(settings),
        share);
  }

  /** Whether there is such a camera. */
  boolean has(CameraId camera) {
    return slots.containsKey(camera);
  }

  /**
   * Somebody looks at a camera now.
   *
   * @return what it shows, with every face hidden; null while there is nothing
   */
  @Nullable Preview look(CameraId camera) {
    return slot(camera).look(System.nanoTime());
  }

  /** The same without looking; null also while nobody looks. */
  @Nullable Preview last(CameraId camera) {
    return slot(camera).last(System.nanoTime());
  }

  private PreviewSlot slot(CameraId camera) {
    return Objects.requireNonNull(slots.get(camera));
  }

  /** Takes a copy if one is due. Costs a look at the clock otherwise. */
  @Override
  public void searched(Frame frame, List<Face> found, WatchedView view) {
    PreviewSlot slot = slots.get(frame.camera());
    if (slot != null && !closing && slot.takes(System.nanoTime())) {
      FrameCopy copy = null;
      try {
        copy = FrameCopy.of(frame, found, view);
      } finally {
        if (copy == null || !waiting.offer(copy)) {
          slot.givenUp();
        }
      }
    }
  }

  @Override
  public void raised(Alert alert, Duration streamTime) {}

  @Override
  public void published(Publication publication) {}

  private void work() {
    Hider hider = null;
    long usedNanos = System.nanoTime();
    try {
      while (!closing) {
        FrameCopy copy = waiting.poll(1, TimeUnit.SECONDS);
        long began = System.nanoTime();
        slots.values().forEach(slot -> slot.forgetUnlessLookedAt(began));
        if (copy != null) {
          try {
            hider = hider == null ? opening.open() : hider;
            slot(copy.camera()).show(hider.hide(copy), copy.takenNanos());
          } catch (Exception e) {
            // A picture that could not be searched is not shown, whatever went wrong.
            lines
                .due("No preview of camera " + copy.camera() + ": " + e.getMessage())
                .ifPresent(LOG::warn);
            slot(copy.camera())
                .show(Preview.none("the picture cannot be searched"), copy.takenNanos());
          } finally {
            copy.wipe();
          }
          usedNanos = System.nanoTime();
          rest(usedNanos - began);
        } else if (hider != null && began - usedNanos > NETWORK_KEPT.toNanos()) {
          hider.close();
          hider = null;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.forEach(FrameCopy::wipe);
      clear();
      if (hider != null) {
        hider.close();
      }
    }
  }

  private void rest(long workedNanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (workedNanos / share) - workedNanos);
  }

  /** Shows nothing of what was. */
  void clear() {
    slots.values().forEach(PreviewSlot::clear);
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
