package org.sightline.edge.console;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Agent;
import org.sightline.edge.app.AgentObserver;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Attendance;
import org.sightline.edge.app.ConsoleSettings;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.deployment.DeviceClock;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.web.EventStreams;
import org.sightline.edge.web.PageFiles;
import org.sightline.edge.web.PageServer;
import org.sightline.edge.web.login.LoginLog;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The technician's page of a service, there for as long as the process is: while an agent runs, and
 * while none does, to say why and to start it. Thread-safe.
 */
public final class Console implements Attendance, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final String STARTING = "the agent is starting";

  private final ResourceStack parts = new ResourceStack();
  private final PageServer page;
  private final Previews previews;
  private final AtomicBoolean start = new AtomicBoolean();
  private volatile @Nullable Agent agent;
  private volatile String why = STARTING;

  private Console(
      Path settingsFile,
      AgentSettings settings,
      ConsoleSettings console,
      Previews previews,
      Clock wall)
      throws SightlineException {
    this.previews = parts.add(previews);
    try {
      Officers officers = Officers.read(console.users());
      Database database = parts.add(Database.open(settings.folders().data()));
      DeviceClock clock = DeviceClock.open(database, wall);
      LoginLog logins = new LoginLog(database, clock);
      parts.add(logins::recordMore);
      Sessions sessions = new Sessions(officers, logins, clock);
      EventStreams none = new EventStreams(sessions);
      page =
          parts.add(
              PageServer.start(
                  console.listen(),
                  console.tls(),
                  null,
                  sessions,
                  none,
                  new PageFiles(Console.class, "page"),
                  new ConsoleRoutes(
                          this,
                          new ConsoleState(
                              this, settings, previews, new DoctorRun(settingsFile, wall), wall),
                          new OfficerActions(settings, wall),
                          new Looks(database, clock))
                      .all(),
                  clock));
      logins.started(AuditKind.CONSOLE_STARTED);
      sweep(sessions, logins);
      LOG.info("The console is served at {}", page.uri());
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /**
   * Starts serving.
   *
   * @param settingsFile of {@code settings}; read again by what tests the box
   * @throws SightlineException if it cannot be served there, must not be without TLS, or its users
   *     or certificate cannot be used
   */
  public static Console start(
      Path settingsFile, AgentSettings settings, ConsoleSettings console, Clock wall)
      throws SightlineException {
    return start(settingsFile, settings, console, Previews.of(settings), wall);
  }

  /** The same with previews that may take their own time; they are closed with it. */
  static Console start(
      Path settingsFile,
      AgentSettings settings,
      ConsoleSettings console,
      Previews previews,
      Clock wall)
      throws SightlineException {
    return new Console(settingsFile, settings, console, previews, wall);
  }

  /** A task that throws would never be run again. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void sweep(Sessions sessions, LoginLog logins) {
    ScheduledExecutorService ticker = Threads.scheduler("console-tick");
    parts.add(ticker::shutdownNow);
    ticker.scheduleWithFixedDelay(
        () -> {
          try {
            sessions.sweep();
            logins.sweep();
          } catch (RuntimeException e) {
            LOG.error("Sessions that have ended could not be removed", e);
          }
        },
        SWEEP.toMillis(),
        SWEEP.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Where the page is. */
  public URI uri() {
    return page.uri();
  }

  /** The agent, while there is one. */
  @Nullable Agent agent() {
    return agent;
  }

  /** Why there is none. */
  String why() {
    return why;
  }

  /** Somebody wants an agent started. */
  void wantStart() {
    start.set(true);
  }

  @Override
  public AgentObserver observer() {
    return previews;
  }

  @Override
  public void runs(Agent running) {
    start.set(false);
    agent = running;
  }

  @Override
  public void without(String reason) {
    agent = null;
    why = reason;
    previews.clear();
  }

  @Override
  public boolean stays() {
    return true;
  }

  @Override
  public boolean wantsStart() {
    boolean wanted = start.getAndSet(false);
    if (wanted) {
      why = STARTING;
    }
    return wanted;
  }

  @Override
  public void close() {
    parts.close();
  }
}
