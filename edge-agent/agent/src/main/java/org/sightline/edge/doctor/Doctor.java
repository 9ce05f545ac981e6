package org.sightline.edge.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests everything that a deployment needs, side by side: what one test finds, or that it hangs,
 * keeps none of the others from being made. Needs no open deployment; pictures are asked of a
 * camera only where an authorisation permits it.
 */
public final class Doctor {
  private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

  /** Longer than any test takes whose own limits hold. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Duration patience;

  public Doctor() {
    this(PATIENCE);
  }

  Doctor(Duration patience) {
    this.patience = patience;
  }

  /**
   * Tests the box that a settings file describes.
   *
   * @return what was found, in a lasting order; where the settings cannot be used, why not and what
   *     can be tested without them
   */
  public List<Finding> examine(Path settingsFile, Clock wall) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    List<Check> checks = new ArrayList<>(MachineChecks.all());
    try {
      AgentSettings settings = AgentSettings.read(settingsFile);
      findings.add(Finding.good("settings", settingsFile.toString()));
      checks.addAll(FileChecks.of(settings, settingsFile));
      checks.addAll(DiskChecks.of(settings));
      checks.addAll(ModelChecks.of(settings));
      checks.addAll(DeploymentChecks.of(settings, wall));
      checks.addAll(CameraChecks.of(settings, wall));
      checks.addAll(BrokerChecks.of(settings, wall));
    } catch (SettingsException e) {
      findings.add(Finding.of("settings", e));
      findings.add(
          Finding.untested(
              "all that the settings name", "the settings cannot be used; correct them first"));
    }
    findings.addAll(run(checks));
    return findings;
  }

  List<Finding> run(List<Check> checks) throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    List<FutureTask<List<Finding>>> running = new ArrayList<>();
    for (Check check : checks) {
      FutureTask<List<Finding>> task =
          new FutureTask<>(
              () -> {
                begin.await();
                return check.test().findings();
              });
      running.add(task);
      Threads.daemon("doctor-" + check.subject(), task).start();
    }
    begin.countDown();
    long deadline = System.nanoTime() + patience.toNanos();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      findings.addAll(result(checks.get(i).subject(), running.get(i), deadline));
    }
    return findings;
  }

  private List<Finding> result(
      String subject, FutureTask<List<Finding>> running, long deadlineNanos)
      throws InterruptedException {
    try {
      return running.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return List.of(
          Finding.bad(
              subject,
              "no result within %d s".formatted(patience.toSeconds()),
              "see what it waits for: a disk, a device or a network that hangs"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SightlineException expected) {
        return List.of(Finding.of(subject, expected));
      }
      Throwable unexpected = Objects.requireNonNull(e.getCause());
      LOG.debug("The test of {} failed", subject, unexpected);
      return List.of(
          Finding.bad(
              subject,
              "the test itself failed: " + unexpected.getClass().getSimpleName(),
              "run again with --debug and report the stack trace"));
    }
  }
}
