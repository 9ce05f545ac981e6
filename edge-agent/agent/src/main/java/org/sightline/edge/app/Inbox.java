package org.sightline.edge.app;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.record.Outcomes.Result;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives for the van. An outcome is recorded if the control room that the authorisation names
 * has signed it; a genuine revocation waits until the guard has looked at it. Anything else is
 * counted and changes nothing. Thread-safe.
 */
final class Inbox implements Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** Nobody honest sends so many between two looks. */
  private static final int MOST_WAITING = 16;

  /** So many documents and messages are known again; nobody honest sends more. */
  private static final int MOST_REMEMBERED = 1024;

  private final BlockingQueue<byte[]> revocations = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Optional<ControlRoomIdentity> controlRoom;
  private final Outcomes outcomes;
  private final Map<Reason, Long> ignored = new EnumMap<>(Reason.class);
  private final Predicate<byte[]> genuineRevocation;
  private final LineLimit lines = new LineLimit();
  private final Map<Sha256, Boolean> handled =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private volatile boolean unrecorded;

  /** Why a message was ignored. */
  private enum Reason {
    TOO_LONG("longer than any that is valid"),
    TOO_MANY("too many revocations at once"),
    NOT_GENUINE("not a revocation that an authority trusted here has signed"),
    NO_CONTROL_ROOM("an outcome, but the authorisation names no control room"),
    NOT_SIGNED(
        "not an outcome that the authorised control room has signed, or one of a newer version"),
    UNKNOWN_ALERT("an outcome of an alert that is not kept here"),
    OTHER_OUTCOME("another outcome of an alert that has one");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  /**
   * @param genuineRevocation whether a document is a valid revocation; it touches no disk
   */
  Inbox(AlertTerms terms, Outcomes outcomes, Predicate<byte[]> genuineRevocation) {
    this.genuineRevocation = genuineRevocation;
    this.controlRoom = terms.controlRoom();
    this.outcomes = outcomes;
  }

  /**
   * Looked at here, and not by the guard: a flood of junk, or of one genuine document over and
   * over, keeps the broker's thread busy, and takes no genuine document's place.
   */
  @Override
  public void revocation(byte[] document) {
    Sha256 digest = Sha256.of(document);
    if (isHandled(digest)) {
      return;
    }
    if (!genuineRevocation.test(document)) {
      ignore(Reason.NOT_GENUINE);
    } else if (revocations.offer(document)) {
      remember(digest);
    } else {
      ignore(Reason.TOO_MANY);
    }
  }

  private boolean isHandled(Sha256 digest) {
    synchronized (handled) {
      return handled.containsKey(digest);
    }
  }

  private void remember(Sha256 digest) {
    synchronized (handled) {
      handled.put(digest, true);
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
    // One over and over costs no look into the data file, where others wait to write.
    Sha256 digest = Sha256.of(message);
    if (isHandled(digest)) {
      return;
    }
    OutcomeMessage.read(message, controlRoom.get())
        .ifPresentOrElse(outcome -> record(outcome, digest), () -> ignore(Reason.NOT_SIGNED));
  }

  private void record(OutcomeMessage message, Sha256 digest) {
    try {
      Result result =
          outcomes.recordSigned(
              message.alert(), message.outcome(), message.by(), message.confirmedBy());
      if (result instanceof Result.UnknownAlert) {
        ignore(Reason.UNKNOWN_ALERT);
      } else if (result instanceof Result.AlreadyRecorded before
          && before.outcome() != message.outcome()) {
        ignore(Reason.OTHER_OUTCOME);
      } else if (result instanceof Result.Recorded) {
        LOG.info(
            "Outcome of alert {}: {}, by {}",
            message.alert(),
            message.outcome().word(),
            message.by());
      }
      remember(digest);
    } catch (StoreException e) {
      LOG.error("The outcome of alert {} is not recorded: {}", message.alert(), e.getMessage());
      unrecorded = true;
    }
  }

  @Override
  public void tooLong() {
    ignore(Reason.TOO_LONG);
  }

  private void ignore(Reason reason) {
    synchronized (ignored) {
      ignored.merge(reason, 1L, Long::sum);
    }
    lines.due("Ignoring message: " + reason.words).ifPresent(LOG::warn);
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
