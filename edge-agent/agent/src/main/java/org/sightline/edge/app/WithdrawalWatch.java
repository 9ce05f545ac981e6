package org.sightline.edge.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies withdrawals as they come, whether as a file or as a message, on a thread of its own: to
 * write a long list once more holds up neither the cameras nor the guard. What cannot be applied is
 * tried again, and is an alarm until it is.
 */
final class WithdrawalWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WithdrawalWatch.class);

  /**
   * An alarm of the status: somebody is off the list in memory, but not on the disk, or in a
   * bundle.
   */
  static final String NOT_RECORDED = "withdrawal-not-recorded";

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Device device;
  private final DocumentFolder folder;
  private final WithdrawalIntake intake;
  private final Capturing capturing;
  private final List<byte[]> due = new ArrayList<>();
  private final Looking looking;
  private long triedNanos;
  private volatile boolean failing;

  private WithdrawalWatch(Device device, WithdrawalIntake intake, Capturing capturing) {
    this.device = device;
    this.folder = device.withdrawalFolder();
    this.intake = intake;
    this.capturing = capturing;
    this.looking = Looking.start("withdrawals", this::look);
  }

  /**
   * Applies what lies in the folder, and then whatever comes.
   *
   * @param capturing whose list they are applied to
   */
  static WithdrawalWatch start(Device device, WithdrawalIntake intake, Capturing capturing) {
    return new WithdrawalWatch(device, intake, capturing);
  }

  /** What somebody has to look at. */
  List<String> alarms() {
    return failing || bundleLeft() ? List.of(NOT_RECORDED) : List.of();
  }

  private boolean bundleLeft() {
    return device.deployments().isWithdrawnBundleLeft();
  }

  private void look() {
    List<byte[]> arrived = new ArrayList<>(folder.changed());
    arrived.addAll(intake.arrived());
    boolean again = (failing || bundleLeft()) && System.nanoTime() - triedNanos >= AGAIN.toNanos();
    due.addAll(arrived);
    if (arrived.isEmpty() && !again) {
      return;
    }
    triedNanos = System.nanoTime();
    try {
      capturing.withdraw(due);
      due.clear();
      failing = false;
    } catch (SightlineException | RuntimeException e) {
      // In memory it has been done: nobody is taken for them.
      if (!failing) {
        LOG.error("A withdrawal is not on the disk yet, and is tried again: {}", e.getMessage());
      }
      failing = true;
      while (due.size() > WithdrawalIntake.MOST_WAITING + DocumentFolder.MOST_FILES) {
        due.remove(0);
      }
    }
  }

  @Override
  public void close() {
    looking.close();
  }
}
