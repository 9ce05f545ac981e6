package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.metrics.AgentReading;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SystemWords;
import org.sightline.edge.domain.Version;
import org.sightline.edge.pipeline.CameraState;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.record.AlertTally;
import org.sightline.edge.relay.RelayState;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the status file each second how the agent stands. On a thread of its own: a disk that
 * hangs makes what is said old, and nothing else.
 */
final class StatusWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final int RATE_OVER_SECONDS = 5;

  /** What was measured before is not said of now. */
  private static final Duration OLD = Duration.ofSeconds(10);

  /** Frames that had come from each camera at a moment. */
  private record Reading(long nanos, Map<CameraId, Long> frames) {}

  /**
   * The parts of an agent that are asked.
   *
   * @param capturing the cameras, and why there are none
   */
  record Parts(
      Authorised authorised,
      Networks networks,
      Reporting reporting,
      Alarms alarms,
      CaptureGuard guard,
      Capturing capturing) {}

  private final Parts parts;
  private final StatusFile file;
  private final ScheduledExecutorService thread = Threads.scheduler("status");
  private final Deque<Reading> readings = new ArrayDeque<>();
  private final @Nullable String start = ProcessStart.of(ProcessHandle.current().pid());
  private final AlarmLog log = new AlarmLog();
  private @Nullable String failure;
  private volatile @Nullable Said last;

  /** What was said at a moment. */
  private record Said(AgentStatus status, long nanos) {}

  StatusWriter(Parts parts) {
    this.parts = parts;
    this.file = new StatusFile(parts.authorised().settings().folders().data());
  }

  // What goes wrong in a round is logged by the round itself.
  @SuppressWarnings("FutureReturnValueIgnored")
  void start() {
    thread.scheduleWithFixedDelay(this::write, 0, 1, TimeUnit.SECONDS);
  }

  private void write() {
    try {
      AgentStatus status = status();
      last = new Said(status, System.nanoTime());
      log.log(status.alarms());
      file.write(status);
      failure = null;
    } catch (IOException e) {
      log(SystemWords.of(e));
    } catch (RuntimeException e) {
      log(e.getClass().getSimpleName());
    }
  }

  /** Once, and not each second. */
  private void log(String why) {
    if (!why.equals(failure)) {
      failure = why;
      LOG.warn("The status file could not be written: {}", why);
    }
  }

  /** How the agent stands, for software that watches over boxes. */
  AgentReading reading() {
    Said said = last;
    if (said == null) {
      said = new Said(status(), System.nanoTime());
    }
    return new AgentReading(
        said.status(),
        Duration.ofNanos(System.nanoTime() - said.nanos()),
        parts.capturing().counters(),
        parts.capturing().now().map(capture -> capture.pipeline().cameras()).orElse(List.of()));
  }

  /** What was measured, for the message to control rooms; empty where that is no longer so. */
  Optional<VanStatus.Figures> figures() {
    Said said = last;
    if (said == null || System.nanoTime() - said.nanos() > OLD.toNanos()) {
      return Optional.empty();
    }
    AgentStatus status = said.status();
    return Optional.of(
        new VanStatus.Figures(
            status.deployment().capturing()
                ? status.cameras().stream()
                    .map(
                        each ->
                            new VanStatus.Rate(
                                new CameraId(each.id()),
                                each.framesPerSecond(),
                                each.searchedSecondsAgo()))
                    .toList()
                : List.of(),
            status.box().diskFreeMib(),
            status.box().celsius(),
            status.box().networksOn()));
  }

  private synchronized AgentStatus status() {
    Authorisation authorisation = parts.authorised().authorisation();
    return new AgentStatus(
        new AgentStatus.RunningProcess(
            ProcessHandle.current().pid(),
            ProcessHandle.current().info().startInstant().map(Instant::toString).orElse(null),
            Instant.now().toString(),
            Version.current(),
            start,
            parts.authorised().device().clock().instant().toString()),
        new AgentStatus.Deployment(
            authorisation.deployment().value(),
            authorisation.period().start().toString(),
            parts.guard().end().toString(),
            parts.guard().capturing(),
            parts
                .capturing()
                .announced()
                .map(
                    pause ->
                        new AgentStatus.Paused(pause.since().toString(), pause.reason().word()))
                .orElse(null),
            authorisation.permitLines(),
            parts
                .guard()
                .urgent()
                .map(urgent -> urgent.line(parts.authorised().device().clock().instant()))
                .orElse(null)),
        cameras(),
        broker(),
        alerts(),
        parts.alarms().get(),
        box());
  }

  private List<AgentStatus.Camera> cameras() {
    Optional<Capture> capture = parts.capturing().now();
    return capture.isPresent() ? cameras(capture.get()) : closedCameras();
  }

  private List<AgentStatus.Camera> closedCameras() {
    readings.clear();
    return parts.authorised().settings().cameras().stream()
        .map(each -> new AgentStatus.Camera(each.id().value(), List.of(), null, null, 0, 0, 0))
        .toList();
  }

  private List<AgentStatus.Camera> cameras(Capture capture) {
    Map<CameraId, List<String>> alarms = new HashMap<>();
    for (VanStatus.Camera camera : capture.cameras().cameras()) {
      alarms.put(camera.id(), camera.alarms());
    }
    List<CameraState> states = capture.pipeline().cameras();
    Reading now = reading(states);
    Reading before = readings.peekFirst();
    readings.addLast(now);
    if (readings.size() > RATE_OVER_SECONDS) {
      readings.removeFirst();
    }
    List<AgentStatus.Camera> cameras = new ArrayList<>();
    for (CameraState state : states) {
      cameras.add(
          new AgentStatus.Camera(
              state.id().value(),
              alarms.getOrDefault(state.id(), List.of()),
              before == null ? null : tenths(rate(before, now, state.id())),
              state.searched() == null ? null : tenths(state.searched().toNanos() / 1e9),
              state.source().reconnects(),
              state.source().framesBroken(),
              state.dropped()));
    }
    return cameras;
  }

  private static Reading reading(List<CameraState> states) {
    Map<CameraId, Long> frames = new HashMap<>();
    states.forEach(state -> frames.put(state.id(), state.source().framesRead()));
    return new Reading(System.nanoTime(), frames);
  }

  private static double rate(Reading before, Reading now, CameraId camera) {
    long frames = now.frames().getOrDefault(camera, 0L) - before.frames().getOrDefault(camera, 0L);
    return frames * 1e9 / Math.max(1, now.nanos() - before.nanos());
  }

  private static double tenths(double value) {
    return Math.round(10 * value) / 10.0;
  }

  private AgentStatus.@Nullable Broker broker() {
    try {
      RelayState relay = parts.reporting().relay().state();
      return new AgentStatus.Broker(relay.connected(), relay.tally().waiting(), relay.trouble());
    } catch (StoreException e) {
      return null;
    }
  }

  private AgentStatus.@Nullable Alerts alerts() {
    try {
      AlertTally tally =
          parts
              .authorised()
              .device()
              .database()
              .read(tx -> AlertTally.of(tx, parts.authorised().authorisation().deployment()));
      return new AgentStatus.Alerts(
          tally.raised(), tally.foundTrue(), tally.foundFalse(), tally.unresolved(), tally.open());
    } catch (StoreException e) {
      return null;
    }
  }

  private AgentStatus.Box box() {
    OptionalDouble celsius = Temperature.celsius();
    @Nullable Long free;
    try {
      free =
          Files.getFileStore(parts.authorised().settings().folders().data()).getUsableSpace() >> 20;
    } catch (IOException e) {
      free = null;
    }
    return new AgentStatus.Box(
        free,
        celsius.isPresent() ? celsius.getAsDouble() : null,
        parts.networks().compute().used().map(Object::toString).orElse(null));
  }

  /** Stops; what was last said stays. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The status file is still being written: the disk does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
