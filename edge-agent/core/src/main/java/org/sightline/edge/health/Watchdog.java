package org.sightline.edge.health;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings systemd at half its time limit, but only while every loop that promised progress makes it.
 * So a hung camera thread ends in a restart, although the process is alive.
 *
 * <p>Thread-safe. Without a time limit from systemd nothing is pinged, and {@link #stalled()} still
 * reports.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private final SystemdNotifier notifier;
  private final LongSupplier monotonicNanos;
  private final List<Supplier<List<String>>> others = new CopyOnWriteArrayList<>();
  private final Set<Progress> promises = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> rounds;
  private List<String> loggedStalled = List.of();

  /**
   * A watchdog that expects nothing yet and is not started.
   *
   * @param notifier stays the caller's to close
   * @param monotonicNanos {@link System#nanoTime} or a test's clock; never the wall clock
   */
  public Watchdog(SystemdNotifier notifier, LongSupplier monotonicNanos) {
    this.notifier = notifier;
    this.monotonicNanos = monotonicNanos;
    this.timer = Threads.scheduler("watchdog");
  }

  /**
   * From now on the loop must beat within {@code allowed}, again and again, until its promise is
   * closed.
   *
   * @param name what the loop is, for the status line: "camera mast-1"
   */
  public Progress expect(String name, Duration allowed) {
    Progress promise = new Progress(name, allowed, monotonicNanos, this);
    promises.add(promise);
    return promise;
  }

  /**
   * From now on asks also for the names of loops that are overdue and make no promise here.
   *
   * @param overdue from memory alone, at once
   */
  public void ask(Supplier<List<String>> overdue) {
    others.add(overdue);
  }

  void release(Progress promise) {
    promises.remove(promise);
  }

  /** The names of the loops that are overdue, in order; empty when all is well. */
  public List<String> stalled() {
    return Stream.concat(
            promises.stream().filter(Progress::isStalled).map(Progress::name),
            others.stream().flatMap(each -> each.get().stream()))
        .sorted()
        .toList();
  }

  /** Begins to ping, if systemd watches. Called once. */
  public synchronized void start() {
    notifier
        .watchdogTimeout()
        .ifPresent(
            timeout ->
                rounds =
                    timer.scheduleAtFixedRate(
                        this::round, 0, timeout.toNanos() / 2, TimeUnit.NANOSECONDS));
  }

  /** One round: a ping, or none and a word about who is overdue. */
  synchronized void round() {
    List<String> stalled = stalled();
    if (stalled.isEmpty()) {
      notifier.ping();
    }
    if (!stalled.equals(loggedStalled)) {
      loggedStalled = stalled;
      if (stalled.isEmpty()) {
        LOG.info("All loops make progress again");
        notifier.status("running");
      } else {
        String names = String.join(", ", stalled);
        LOG.error("No progress, systemd is not pinged: {}", names);
        notifier.status("no progress: " + names);
      }
    }
  }

  /** Ends the pinging: call it after {@link SystemdNotifier#stopping()}. */
  @Override
  public synchronized void close() {
    if (rounds != null) {
      rounds.cancel(false);
    }
    timer.shutdownNow();
  }
}
