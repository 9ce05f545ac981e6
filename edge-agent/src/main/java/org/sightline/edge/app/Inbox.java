package org.sightline.edge.app;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.record.Outcomes.Result;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives for the van. An outcome is recorded if the control room that the authorisation names
 * has signed it; a message that claims to be a revocation waits until the guard has looked at it.
 * Anything else is counted and changes nothing. Thread-safe.
 */
final class Inbox implements Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** Nobody honest sends so many between two looks. */
  private static final int MOST_WAITING = 16;

  private final BlockingQueue<byte[]> revocations = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Optional<ControlRoomIdentity> controlRoom;
  private final Outcomes outcomes;
  private final Map<Reason, Long> ignored = new EnumMap<>(Reason.class);
  private volatile boolean unrecorded;

  /** Why a message was ignored. */
  private enum Reason {
    TOO_LONG("longer than any that is valid"),
    TOO_MANY("too many revocations at once"),
    NO_CONTROL_ROOM("an outcome, but the authorisation names no control room"),
    NOT_SIGNED("not an outcome that the authorised control room has signed"),
    UNKNOWN_ALERT("an outcome of no alert that is kept here"),
    OTHER_OUTCOME("another outcome of an alert that has one");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  Inbox(AlertTerms terms, Outcomes outcomes) {
    this.controlRoom = terms.controlRoom();
    this.outcomes = outcomes;
  }

  @Override
  public void revocation(byte[] document) {
    if (!revocations.offer(document)) {
      ignore(Reason.TOO_MANY);
    }
  }

  /** The next message that claims to be a revocation. */
  Optional<byte[]> nextRevocation() {
    return Optional.ofNullable(revocations.poll());
  }

  @Override
  public void outcome(byte[] message) {
    if (controlRoom.isEmpty()) {
      ignore(Reason.NO_CONTROL_ROOM);
      return;
    }
    OutcomeMessage.read(message, controlRoom.get())
        .ifPresentOrElse(this::record, () -> ignore(Reason.NOT_SIGNED));
  }

  private void record(OutcomeMessage message) {
    try {
      Result result =
          outcomes.record(message.alert(), message.outcome(), message.by(), message.confirmedBy());
      if (result instanceof Result.UnknownAlert) {
        ignore(Reason.UNKNOWN_ALERT);
      } else if (result instanceof Result.AlreadyRecorded before
          && before.outcome() != message.outcome()) {
        ignore(Reason.OTHER_OUTCOME);
      } else if (result instanceof Result.Recorded) {
        LOG.info(
            "Alert {} is {}, says {}", message.alert(), message.outcome().word(), message.by());
      }
    } catch (StoreException e) {
      LOG.error("The outcome of alert {} is not recorded: {}", message.alert(), e.getMessage());
      unrecorded = true;
    }
  }

  @Override
  public void tooLong() {
    ignore(Reason.TOO_LONG);
  }

  /** Logs the first of a kind, then ever more rarely: whoever floods a topic floods no log. */
  private void ignore(Reason reason) {
    long count;
    synchronized (ignored) {
      count = ignored.merge(reason, 1L, Long::sum);
    }
    if (Long.bitCount(count) == 1) {
      LOG.warn("Ignored, {} so far: {}", count, reason.words);
    }
  }

  @Override
  public long ignored() {
    synchronized (ignored) {
      return ignored.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Whether an outcome was lost because it could not be stored: somebody has to record it again.
   */
  boolean unrecorded() {
    return unrecorded;
  }
}
