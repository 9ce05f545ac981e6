package org.sightline.edge.pipeline;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSink;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.pipeline.Faults.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cameras on one side, alerts on the other. One thread reads each camera, so that no camera waits
 * for another; one thread analyses the frames of all, the longest waiting first and as many
 * together as the networks gain by; these use as many cores inside a run as they are given.
 * Thread-safe.
 */
public final class Pipeline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  /** Frames of one camera that may wait: one in hand-over, one to be fresh when that is done. */
  private static final int WAITING_PER_CAMERA = 2;

  /** Longest wait for a frame before the analysis looks after itself. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /**
   * A camera of the pipeline.
   *
   * @param pace {@code FASTEST} waits for the analysis instead of dropping frames
   * @param zone outside which nobody is looked at; null for the whole view
   */
  public record Camera(CameraId id, FrameSource source, Pace pace, @Nullable Zone zone) {
    /** One whose whole view is watched. */
    public Camera(CameraId id, FrameSource source, Pace pace) {
      this(id, source, pace, null);
    }
  }

  private final List<Camera> cameras;
  private final Map<CameraId, CameraGauge> gauges;
  private final int together;
  private final Analysis analysis;
  private final FrameQueue queue;
  private final PipelineCounters counters = new PipelineCounters();
  private final UnstoredAlerts unstored;
  private final RaisedAlerts listener;
  private final Runnable progress;

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger reading = new AtomicInteger();
  private final Set<CameraId> read = ConcurrentHashMap.newKeySet();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Puts the stages together, and shows nobody the frames. */
  public Pipeline(
      List<Camera> cameras,
      Deployment deployment,
      Recognition recognition,
      AlertSink sink,
      RaisedAlerts listener,
      Runnable progress,
      Clock clock) {
    this(cameras, deployment, recognition, sink, listener, SearchedFrames.NONE, progress, clock);
  }

  /**
   * Puts the stages together; nothing runs before {@link #start()}.
   *
   * @param cameras whose sources the pipeline closes
   * @param shown is shown every frame that was searched
   * @param progress called by the analysis thread after every frame, and every second without one
   */
  public Pipeline(
      List<Camera> cameras,
      Deployment deployment,
      Recognition recognition,
      AlertSink sink,
      RaisedAlerts listener,
      SearchedFrames shown,
      Runnable progress,
      Clock clock) {
    this.cameras = List.copyOf(cameras);
    this.gauges =
        cameras.stream()
            .map(Camera::id)
            .collect(Collectors.toUnmodifiableMap(Function.identity(), id -> new CameraGauge()));
    this.unstored = new UnstoredAlerts(sink, counters);
    this.listener = listener;
    this.progress = progress;
    this.queue = new FrameQueue(WAITING_PER_CAMERA, counters, this::dropped);
    this.together = recognition.engine().detector().together();
    this.analysis =
        new Analysis(
            this.cameras.stream().map(Camera::id).toList(),
            recognition.engine(),
            counters,
            shown,
            camera ->
                new CameraAnalysis(
                    camera,
                    view(camera),
                    deployment,
                    recognition,
                    counters,
                    this::raise,
                    sink::seen,
                    clock));
  }

  private WatchedView view(CameraId camera) {
    return new WatchedView(
        cameras.stream()
            .filter(each -> each.id().equals(camera))
            .findFirst()
            .map(Camera::zone)
            .orElse(null));
  }

  /** Opens the cameras. To be called once, and only while an authorisation permits capture. */
  public void start() {
    reading.set(cameras.size());
    threads.add(new Thread(this::analyse, "analysis"));
    for (Camera camera : cameras) {
      threads.add(new Thread(() -> read(camera), "camera-" + camera.id()));
    }
    threads.forEach(Thread::start);
  }

  /** The cameras that are read and have not come a step further for so long. */
  public List<CameraId> stalledCameras(Duration allowed) {
    long now = System.nanoTime();
    return cameras.stream()
        .filter(camera -> read.contains(camera.id()))
        .filter(camera -> now - camera.source().progressNanos() > allowed.toNanos())
        .map(Camera::id)
        .toList();
  }

  /** How each camera stands, in the order of the settings. */
  public List<CameraState> cameras() {
    return cameras.stream().map(camera -> gauge(camera.id()).state(camera)).toList();
  }

  private CameraGauge gauge(CameraId camera) {
    return Objects.requireNonNull(gauges.get(camera));
  }

  private void dropped(CameraId camera) {
    gauge(camera).dropped.increment();
  }

  public PipelineCounters.Snapshot counters() {
    return counters.snapshot(
        cameras.stream().mapToLong(camera -> camera.source().statistics().failures()).sum());
  }

  /**
   * Waits until every clip has ended; for ever if a camera is live.
   *
   * @return whether that came within the time
   * @throws CaptureException if a clip could not be used; the other cameras continue, and it is
   *     thrown when all have ended
   * @throws IllegalStateException if the analysis stopped, or the Java machine failed
   */
  public boolean awaitEnd(Duration atMost) throws CaptureException, InterruptedException {
    boolean done = ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    Throwable cause = done ? failure.get() : null;
    if (cause instanceof CaptureException unusable) {
      throw unusable;
    }
    if (cause != null) {
      throw new IllegalStateException("the pipeline stopped", cause);
    }
    return done;
  }

  private void read(Camera camera) {
    Cadence cadence = Cadence.ofSearches();
    try {
      gauge(camera.id()).open();
      read.add(camera.id());
      for (Frame frame = camera.source().next(); frame != null; frame = camera.source().next()) {
        counters.framesRead.increment();
        see(frame);
        if (!cadence.isDue(frame.streamTime())) {
          counters.framesPassedOver.increment();
          frame.close();
        } else if (camera.pace() == Pace.FASTEST) {
          queue.put(frame);
        } else {
          queue.offer(frame);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CaptureException e) {
      end(camera, e);
    } catch (RuntimeException e) {
      // A live camera's source opens it again by itself: this is a clip, or the hand-over.
      counters.faults.add(Kind.CAMERA, e);
      end(camera, e);
    } catch (Error e) {
      // Not this camera's fault: a thread that merely vanished would leave it unwatched.
      fail(e);
    } finally {
      read.remove(camera.id());
      gauge(camera.id()).end();
      if (reading.decrementAndGet() == 0) {
        queue.close();
      }
    }
  }

  /** Whether the camera can see is worth no frame: an error here costs the look alone. */
  private void see(Frame frame) {
    try {
      gauge(frame.camera()).see(frame);
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FRAME, e);
    }
  }

  /** Closes a camera that cannot be read, and no other. */
  private void end(Camera camera, Exception why) {
    LOG.error("Camera {} is closed: {}", camera.id(), why.getMessage());
    failure.compareAndSet(null, why);
    gauge(camera.id()).fail();
    camera.source().close();
  }

  private void analyse() {
    boolean first = true;
    try {
      while (!queue.isFinished()) {
        List<Frame> frames = queue.take(IDLE, together);
        try {
          if (!frames.isEmpty()) {
            analysis.analyse(frames);
            frames.forEach(frame -> gauge(frame.camera()).searched(frame));
            if (first) {
              first = false;
              logStart();
            }
          }
        } catch (NetworkFailure e) {
          throw e;
        } catch (RuntimeException e) {
          counters.faults.add(Kind.FRAME, e);
        } finally {
          frames.forEach(Frame::close);
        }
        unstored.retry();
        progress.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    } finally {
      queue.discard();
      analysis.finish();
      unstored.storeOrGiveUp();
      ended.countDown();
    }
  }

  /** How long a start takes, from that of the Java machine on. */
  private static void logStart() {
    long uptimeMillis = ManagementFactory.getRuntimeMXBean().getUptime();
    LOG.info("First frame processed after {} s", BigDecimal.valueOf(uptimeMillis, 3));
  }

  private void raise(Alert alert, Duration streamTime) {
    try {
      listener.raised(alert, streamTime);
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FACE, e);
    }
    unstored.add(alert);
  }

  private void fail(Throwable cause) {
    failure.set(cause);
    LOG.error("The pipeline stopped, and with it all cameras", cause);
    cameras.forEach(camera -> camera.source().close());
    queue.close();
  }

  /** Has every camera closed, without waiting for any of them; also before and after a start. */
  public void closeCameras() {
    for (Camera camera : cameras) {
      Threads.daemon("close-" + camera.id(), camera.source()::close).start();
    }
  }

  /** Closes the cameras, analyses what was captured, and waits for the threads. */
  @Override
  public void close() {
    cameras.forEach(camera -> camera.source().close());
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    gauges.values().forEach(CameraGauge::close);
    // Nothing will come, if it never began.
    ended.countDown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
