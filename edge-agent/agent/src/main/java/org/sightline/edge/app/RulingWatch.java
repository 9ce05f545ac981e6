package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies rulings on urgent authorisations as they come, whether as a file or as a message. What
 * cannot be recorded is tried again, and is an alarm until it is.
 */
final class RulingWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulingWatch.class);

  /** An alarm of the status: what an authority ruled is not recorded. */
  static final String NOT_RECORDED = "ruling-not-recorded";

  /** Between two attempts to record what could not be, in looks. */
  private static final int LOOKS_BETWEEN = 50;

  private final Device device;
  private final RulingIntake messages;
  private final DocumentFolder folder;
  private final List<byte[]> due = new ArrayList<>();
  private final Looking looking;
  private int looksUntilNext;
  private volatile boolean failing;

  private RulingWatch(Device device, RulingIntake messages) {
    this.device = device;
    this.messages = messages;
    this.folder = device.rulingFolder();
    this.looking = Looking.start("rulings", this::look);
  }

  /** Applies what lies in the folder, and then whatever comes. */
  static RulingWatch start(Device device, RulingIntake messages) {
    return new RulingWatch(device, messages);
  }

  /** What somebody has to look at. */
  List<String> alarms() {
    return failing ? List.of(NOT_RECORDED) : List.of();
  }

  private void look() {
    List<byte[]> arrived = new ArrayList<>(folder.changed());
    arrived.addAll(messages.arrived());
    due.addAll(arrived);
    looksUntilNext--;
    if (due.isEmpty() || (arrived.isEmpty() && looksUntilNext > 0)) {
      return;
    }
    looksUntilNext = LOOKS_BETWEEN;
    try {
      while (!due.isEmpty()) {
        device.rule(due.get(0));
        due.remove(0);
      }
      failing = false;
    } catch (SightlineException | RuntimeException e) {
      if (!failing) {
        LOG.error("A ruling is not recorded yet, and is tried again: {}", e.getMessage());
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    looking.close();
  }
}
