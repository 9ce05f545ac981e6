package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.deployment.Pause;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.health.Progress;
import org.sightline.edge.health.SystemdNotifier;
import org.sightline.edge.health.Watchdog;
import org.sightline.edge.pipeline.FaultCounts;
import org.sightline.edge.pipeline.PipelineCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent as a service: started, watched over and stopped by systemd or by a terminal. */
public final class AgentService {
  private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);

  /** A frame may take long on a small box that has just started; more than this is a hang. */
  private static final Duration ANALYSIS_ALLOWED = Duration.ofSeconds(15);

  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(5);
  private static final Duration END_ALLOWED = Duration.ofMinutes(1);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final AgentSettings settings;
  private final Clock clock;
  private final Attendance attendance;
  private final SystemdNotifier systemd;
  private final Watchdog watchdog;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<@Nullable Agent> now = new AtomicReference<>();
  private boolean begun;

  private AgentService(
      AgentSettings settings,
      Clock clock,
      Attendance attendance,
      SystemdNotifier systemd,
      Watchdog watchdog) {
    this.settings = settings;
    this.clock = clock;
    this.attendance = attendance;
    this.systemd = systemd;
    this.watchdog = watchdog;
    watchdog.ask(this::stalled);
  }

  /**
   * Runs the agent until its clips or its authorisation end, or the process is stopped. Where
   * somebody attends who stays, the process lasts until it is stopped, and runs an agent whenever
   * they want one.
   *
   * @throws SightlineException if it may not or cannot start, or a clip turned out unusable, and
   *     nobody stays
   */
  public static void run(
      AgentSettings settings, Clock clock, Map<String, String> environment, Attendance attendance)
      throws SightlineException, InterruptedException {
    try (SystemdNotifier systemd = SystemdNotifier.of(environment);
        Watchdog watchdog = new Watchdog(systemd, System::nanoTime)) {
      new AgentService(settings, clock, attendance, systemd, watchdog).run();
    }
  }

  private void run() throws SightlineException, InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stopAndWait(stop, stopped), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      do {
        attended();
      } while (isWantedAgain());
    } finally {
      stopped.countDown();
      if (!stop.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  /** One agent, from its start to its end; why there is none any more is shown to who attends. */
  private void attended() throws SightlineException, InterruptedException {
    try {
      runAgent();
      attendance.without("capture is over: the deployment or its clips have ended");
    } catch (SightlineException e) {
      attendance.without(e.getMessage());
      // What may pass by itself is the service manager's to try again, where there is one.
      if (stop.get()
          || !attendance.stays()
          || (e.kind() == ErrorKind.TEMPORARY && systemd.isWatched())) {
        throw e;
      }
      LOG.warn("No agent runs, and nothing is captured: {}", e.getMessage());
    }
  }

  private boolean isWantedAgain() throws InterruptedException {
    if (!attendance.stays()) {
      return false;
    }
    begin();
    systemd.status("no agent runs; the console says why, and starts it");
    while (!stop.get() && !attendance.wantsStart()) {
      Thread.sleep(LOOK.toMillis());
    }
    if (stop.get()) {
      systemd.stopping();
      return false;
    }
    return true;
  }

  private void runAgent() throws SightlineException, InterruptedException {
    Progress analysis = watchdog.expect("analysis", ANALYSIS_ALLOWED);
    Progress end = null;
    try (Agent agent = start(analysis)) {
      now.set(agent);
      attendance.runs(agent);
      begin();
      follow(agent);
      if (!attendance.stays() || stop.get()) {
        systemd.stopping();
      }
      // Nothing more is analysed, but alerts get time to go out, and lists are destroyed.
      end = watchdog.expect("end", END_ALLOWED);
      analysis.close();
    } finally {
      now.set(null);
      analysis.close();
      if (end != null) {
        end.close();
      }
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      watchdog.start();
      systemd.ready();
    }
  }

  private List<String> stalled() {
    Agent agent = now.get();
    return agent == null ? List.of() : agent.stalled();
  }

  /**
   * Under a service manager what may pass by itself is waited for: starts that fail one after the
   * other would end with a service that stays down.
   */
  private Agent start(Progress analysis) throws SightlineException, InterruptedException {
    while (true) {
      try {
        return Agent.start(settings, clock, attendance.observer(), analysis::beat);
      } catch (SightlineException e) {
        if (e.kind() != ErrorKind.TEMPORARY || !systemd.isWatched() || stop.get()) {
          sendLastAlerts(e);
          throw e;
        }
        LOG.error(
            "Could not start yet, trying again in {} s: {}", TRY_AGAIN.toSeconds(), e.getMessage());
        attendance.without(e.getMessage());
        systemd.status("waiting: " + e.getMessage());
        systemd.extendStart(TRY_AGAIN.multipliedBy(6));
        for (long waited = 0;
            waited < TRY_AGAIN.toMillis() && !stop.get();
            waited += LOOK.toMillis()) {
          Thread.sleep(LOOK.toMillis());
        }
      }
    }
  }

  /** What was decided before goes out though nothing more is; the failure remains what it is. */
  private void sendLastAlerts(SightlineException failure) throws InterruptedException {
    try {
      LastAlerts.send(settings, clock, stop::get);
    } catch (SightlineException e) {
      failure.addSuppressed(e);
    }
  }

  private void follow(Agent agent) throws SightlineException, InterruptedException {
    long saidNanos = System.nanoTime() - STATUS_INTERVAL.toNanos();
    while (!stop.get() && !agent.awaitEnd(LOOK)) {
      if (System.nanoTime() - saidNanos >= STATUS_INTERVAL.toNanos()) {
        saidNanos = System.nanoTime();
        systemd.status(statusLine(agent, clock.instant()));
      }
    }
  }

  /** What stands first is what somebody has to look at. */
  private static String statusLine(Agent agent, Instant now) {
    List<String> alarms = agent.alarms();
    String first = alarms.isEmpty() ? "" : "ALARM " + String.join(", ", alarms) + "; ";
    if (!agent.capturing() && now.isBefore(agent.begins())) {
      return first + "waits until " + agent.begins() + ", when the authorisation begins";
    }
    Optional<Pause> pause = agent.paused();
    if (pause.isPresent()) {
      return first
          + "paused since %s (%s); until %s"
              .formatted(pause.get().since(), pause.get().reason().word(), agent.ends());
    }
    PipelineCounters.Snapshot counters = agent.counters();
    return first
        + "%d frames processed, %d passed over, %d dropped, %d passes, %d alerts%s%s; until %s"
            .formatted(
                counters.frames().processed(),
                counters.frames().passedOver(),
                counters.frames().dropped(),
                counters.passes(),
                counters.alerts().raised(),
                unexpected(counters.faults()),
                agent.inferenceDevice().map(device -> ", networks on " + device).orElse(""),
                agent.ends());
  }

  private static String unexpected(FaultCounts faults) {
    return faults.any() ? ", " + faults.described() : "";
  }

  private static void stopAndWait(AtomicBoolean stop, CountDownLatch stopped) {
    stop.set(true);
    try {
      stopped.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
