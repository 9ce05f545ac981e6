package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.deployment.Discards;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies rulings on urgent authorisations as they come, whether as a file or as a message, also on
 * one whose deployment is not the one that runs. What cannot be recorded is tried again, and is an
 * alarm until it is.
 */
final class RulingWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulingWatch.class);

  /** An alarm of the status: what an authority ruled is not recorded. */
  static final String NOT_RECORDED = "ruling-not-recorded";

  /** Between two attempts to record what could not be, in looks. */
  private static final int LOOKS_BETWEEN = 50;

  private final DueRulings due;
  private final Discards discards;
  private final Runnable receipts;
  private final RulingIntake messages;
  private final DocumentFolder folder;
  private final Looking looking;
  private int looksUntilNext;
  private boolean unfinished = true;
  private volatile boolean failing;

  private RulingWatch(Device device, RulingIntake messages, Runnable receipts) {
    this.due = DueRulings.of(device);
    this.discards = device.deployments().discards();
    this.receipts = receipts;
    this.messages = messages;
    this.folder = device.rulingFolder();
    this.looking = Looking.start("rulings", this::look);
  }

  /**
   * Applies what lies in the folder, and then whatever comes.
   *
   * @param receipts called when there may be a receipt to be published
   */
  static RulingWatch start(Device device, RulingIntake messages, Runnable receipts) {
    return new RulingWatch(device, messages, receipts);
  }

  /** What somebody has to look at. */
  List<String> alarms() {
    return failing ? List.of(NOT_RECORDED) : List.of();
  }

  private void look() {
    List<byte[]> arrived = new ArrayList<>(folder.changed());
    arrived.addAll(messages.arrived());
    looksUntilNext--;
    if (arrived.isEmpty() && ((due.isEmpty() && !unfinished) || looksUntilNext > 0)) {
      return;
    }
    looksUntilNext = LOOKS_BETWEEN;
    failing = !due.apply(arrived);
    unfinished = !finished();
    receipts.run();
  }

  /** Whether nothing is left to do of those that were refused, but for the one that runs. */
  private boolean finished() {
    try {
      return discards.finish();
    } catch (SightlineException | RuntimeException e) {
      if (!unfinished) {
        LOG.error("What was refused is not all discarded yet: {}", e.getMessage());
      }
      return false;
    }
  }

  @Override
  public void close() {
    looking.close();
  }
}
