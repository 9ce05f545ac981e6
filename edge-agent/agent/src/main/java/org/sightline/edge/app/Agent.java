package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sightline.edge.alert.RaisedThresholds;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.deployment.Pause;
import org.sightline.edge.deployment.SubjectRises;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.relay.OutboxAlertSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one deployment, from the signed authorisation to the broker. It exists only for an
 * open deployment: there is no way to make one without an authorisation that the verifier accepts.
 * It opens its cameras at the authorised start, closes them by itself when the deployment ends, and
 * then destroys the list. While an officer has paused the deployment, no camera is open and no list
 * in memory, and all else goes on. Thread-safe.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** A look waits for the data file at most; more than this is a hang. */
  private static final Duration LOOK_ALLOWED = Duration.ofSeconds(20);

  /** A camera that refused is left alone for 30 s, and several brokers are tried in turn. */
  private static final Duration STEP_ALLOWED = Duration.ofSeconds(45);

  /** How often it is looked whether a pause is over. */
  private static final Duration LOOK = Duration.ofMillis(50);

  /** How long decided alerts may take to go out once the cameras are closed. */
  private static final Duration LAST_ALERTS = Duration.ofSeconds(10);

  private final Authorised authorised;
  private final Networks networks;
  private final Reporting reporting;
  private final Capturing capturing;
  private final CaptureGuard guard;
  private final Alarms alarms;
  private final StatusWriter status;
  private final ResourceStack parts;
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Each step takes those before it, so that none can come too early or be left out. */
  private Agent(
      AgentSettings settings,
      Clock wall,
      AgentObserver observer,
      Runnable progress,
      ResourceStack parts)
      throws SightlineException {
    this.parts = parts;
    Alarms alarms = new Alarms();
    authorised = Authorised.open(settings, wall, parts);
    networks = Networks.open(authorised, parts);
    reporting = Reporting.open(authorised, alarms, observer, parts);
    capturing = parts.add(capturing(observer, progress));
    reporting.relay().watch(capturing::cameras, capturing::announced);
    alarms.add(capturing::alarms);
    Optional<Pause> pause = capturing.paused();
    if (pause.isPresent()) {
      LOG.info(
          "Paused since {} ({}): no camera and no list is opened before it is resumed",
          pause.get().since(),
          pause.get().reason().word());
    } else {
      capturing.open();
    }
    WithdrawalWatch withdrawals =
        parts.add(
            WithdrawalWatch.start(authorised.device(), reporting.inbox().withdrawals(), capturing));
    alarms.add(withdrawals::alarms);
    RulingWatch rulings =
        parts.add(
            RulingWatch.start(
                authorised.device(), reporting.inbox().rulings(), reporting.relay()::wake));
    alarms.add(rulings::alarms);
    this.alarms = alarms;
    guard = new CaptureGuard(authorised, capturing, reporting.inbox(), progress);
    reporting.relay().watchLapse(guard::lapses);
    reporting.answerTests(authorised, guard::capturing);
    status =
        parts.add(
            new StatusWriter(
                new StatusWriter.Parts(authorised, networks, reporting, alarms, guard, capturing)));
    reporting.relay().watchFigures(status::figures);
    Figures.serve(settings, status::reading, parts);
  }

  /**
   * Verifies the authority, opens the list, and starts capture, or waits for its start.
   *
   * @param wall wall clock
   * @param progress called at least every second or so while the agent is alive
   * @throws SightlineException saying what is wrong; then nothing was captured and nothing is left
   *     running
   */
  public static Agent start(
      AgentSettings settings, Clock wall, AgentObserver observer, Runnable progress)
      throws SightlineException {
    ResourceStack parts = new ResourceStack();
    try {
      Agent agent = new Agent(settings, wall, observer, progress, parts);
      agent.guard.start();
      agent.status.start();
      return agent;
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private Capturing capturing(AgentObserver observer, Runnable progress) throws SightlineException {
    Device device = authorised.device();
    OutboxAlertSink sink = reporting.sink(authorised);
    return new Capturing(
        new Capture.Opening(authorised, networks, sink, observer, progress, new RaisedThresholds()),
        sink,
        new SubjectRises(
            device.database(),
            device.keys().storage(),
            device.clock(),
            device.audit(),
            reporting.outbox().subjects()::of),
        device
            .deployments()
            .pauses()
            .current(authorised.authorisation().deployment())
            .orElse(null));
  }

  public Threshold threshold() {
    return capturing.threshold();
  }

  /**
   * The loops that are overdue, by name: the guard, the relay and the cameras. The analysis reports
   * by itself.
   */
  List<String> stalled() {
    List<String> names = new ArrayList<>();
    if (guard.isStalled(LOOK_ALLOWED)) {
      names.add("capture guard");
    }
    if (reporting.relay().isStalled(STEP_ALLOWED)) {
      names.add("relay");
    }
    capturing
        .now()
        .ifPresent(
            capture ->
                capture
                    .pipeline()
                    .stalledCameras(STEP_ALLOWED)
                    .forEach(camera -> names.add("camera " + camera)));
    return names;
  }

  /** Number of listed subjects in memory; none while the deployment is paused. */
  public int galleryEntries() {
    return capturing.now().map(capture -> capture.list().gallery().size()).orElse(0);
  }

  /** The pause of the deployment, once it has taken effect; empty while it is not paused. */
  public Optional<Pause> paused() {
    return capturing.paused();
  }

  /** What the networks run on; empty if the model pack has none. */
  public Optional<InferenceDevice> inferenceDevice() {
    return networks.compute().used();
  }

  /** The first moment at which cameras may be open. */
  Instant begins() {
    return authorised.authorisation().period().start();
  }

  /** When capture is over if nothing else comes. */
  Instant ends() {
    return guard.end();
  }

  /** What somebody has to look at, as in the status message. */
  List<String> alarms() {
    return alarms.get();
  }

  /** Whether cameras are open; before the authorised start they are not. */
  public boolean capturing() {
    return guard.capturing();
  }

  /** What went through since the cameras were last opened. */
  public PipelineCounters.Snapshot counters() {
    return capturing.counters();
  }

  /**
   * Waits until capture is over: every clip has ended, or the deployment has.
   *
   * @return whether that came within the time
   * @throws SightlineException if a clip turned out unusable, or capture had to end because nobody
   *     could verify whether it is permitted
   */
  public boolean awaitEnd(Duration atMost) throws SightlineException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean over = false;
    for (long left = atMost.toNanos(); !over && left >= 0; left = deadline - System.nanoTime()) {
      // During a pause there is no capture whose end could be waited for.
      over =
          capturing.awaitEnd(Duration.ofNanos(left))
              || guard.awaitEnd(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
    }
    if (over) {
      guard.requireNoFailure();
    }
    return over;
  }

  /**
   * Closes the cameras, lets decided alerts go out for a while, wipes what is in memory, and
   * destroys the list if the deployment has ended.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    guard.close();
    try {
      if (!reporting.relay().awaitEmpty(LAST_ALERTS)) {
        LOG.warn(
            "{}; the agent or sightline-tidy.timer sends what waits when it next runs",
            authorised.device().waitingAlerts().line());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SightlineException e) {
      LOG.error("The outbox cannot be read: {}", e.getMessage());
    }
    parts.close();
  }
}
