package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sightline.edge.config.AgentSettings;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.health.Progress;
import org.sightline.edge.health.SystemdNotifier;
import org.sightline.edge.health.Watchdog;
import org.sightline.edge.pipeline.FaultCounts;
import org.sightline.edge.pipeline.PipelineCounters;

/** The agent as a service: started, watched over and stopped by systemd or by a terminal. */
public final class AgentService {
  /** A frame may take long on a small box that has just started; more than this is a hang. */
  private static final Duration ANALYSIS_ALLOWED = Duration.ofSeconds(15);

  private static final Duration STATUS_INTERVAL = Duration.ofSeconds(5);

  private AgentService() {}

  /**
   * Runs the agent until its clips or its authorisation end, or the process is told to stop.
   *
   * @throws SightlineException if it may not or cannot start, or a clip turned out unusable
   */
  public static void run(AgentSettings settings, Clock clock, Map<String, String> environment)
      throws SightlineException, InterruptedException {
    try (SystemdNotifier systemd = SystemdNotifier.of(environment);
        Watchdog watchdog = new Watchdog(systemd, System::nanoTime)) {
      Progress analysis = watchdog.expect("analysis", ANALYSIS_ALLOWED);
      AtomicBoolean stop = new AtomicBoolean();
      CountDownLatch stopped = new CountDownLatch(1);
      Thread hook = new Thread(() -> stopAndWait(stop, stopped), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      try (Agent agent = Agent.start(settings, clock, AgentObserver.NONE, analysis::beat)) {
        watchdog.start();
        systemd.ready();
        follow(agent, systemd, stop);
        systemd.stopping();
        // Nothing more is analysed, but alerts get time to go out.
        analysis.close();
      } finally {
        stopped.countDown();
        if (!stop.get()) {
          Runtime.getRuntime().removeShutdownHook(hook);
        }
      }
    }
  }

  private static void follow(Agent agent, SystemdNotifier systemd, AtomicBoolean stop)
      throws SightlineException, InterruptedException {
    long saidNanos = System.nanoTime() - STATUS_INTERVAL.toNanos();
    while (!stop.get() && !agent.awaitEnd(Duration.ofMillis(100))) {
      if (System.nanoTime() - saidNanos >= STATUS_INTERVAL.toNanos()) {
        saidNanos = System.nanoTime();
        PipelineCounters.Snapshot counters = agent.counters();
        systemd.status(
            "%d frames processed, %d passed over, %d dropped, %d passes, %d alerts%s%s"
                .formatted(
                    counters.framesProcessed(),
                    counters.framesPassedOver(),
                    counters.framesDropped(),
                    counters.passes(),
                    counters.alerts(),
                    unexpected(counters.faults()),
                    agent.inferenceDevice().map(device -> ", networks on " + device).orElse("")));
      }
    }
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
