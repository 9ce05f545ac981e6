package org.sightline.edge.console;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.doctor.Doctor;
import org.sightline.edge.doctor.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What doctor found when somebody last asked for it; one run at a time. Thread-safe. */
final class DoctorRun {
  private static final Logger LOG = LoggerFactory.getLogger(DoctorRun.class);

  private final Path settingsFile;
  private final Clock wall;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile @Nullable Result last;

  /**
   * What was found.
   *
   * @param well whether nothing stands against a deployment
   */
  record Result(Instant at, boolean well, List<Finding> findings) {}

  DoctorRun(Path settingsFile, Clock wall) {
    this.settingsFile = settingsFile;
    this.wall = wall;
  }

  /** Has everything tested, unless that is being done. */
  void begin() {
    if (running.compareAndSet(false, true)) {
      Threads.daemon("console-doctor", this::examine).start();
    }
  }

  private void examine() {
    try {
      List<Finding> findings = new Doctor().examine(settingsFile, wall);
      boolean well = findings.stream().noneMatch(each -> each.verdict().isTrouble());
      last = new Result(wall.instant(), well, findings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The tests of the box could not be made", e);
    } finally {
      running.set(false);
    }
  }

  boolean isRunning() {
    return running.get();
  }

  /** Null if nobody has asked yet. */
  @Nullable Result last() {
    return last;
  }
}
