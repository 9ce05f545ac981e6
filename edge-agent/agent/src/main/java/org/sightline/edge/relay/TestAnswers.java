package org.sightline.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.TestAlertEvent;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises a test alert where the control room asks for one: it takes the way of an alert, through
 * the audit log and the outbox, and is about nobody. Only while an alert could be raised, and a few
 * in a minute; what is refused touches no disk. Thread-safe.
 */
public final class TestAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(TestAnswers.class);

  /** How long one is kept: longer than any request is of use, so that none is answered twice. */
  private static final Duration KEPT = TestRequest.LONGEST.multipliedBy(2);

  /** So many are raised within a minute; several boards try their desks at once. */
  static final int MOST_IN_A_MINUTE = 6;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Authorisation authorisation;
  private final Jpeg picture;
  private final Runnable wake;
  private final Clock clock;
  private final BooleanSupplier permitted;
  private final LineLimit lines = new LineLimit();
  private final Map<UUID, Instant> answered = new LinkedHashMap<>();
  private final Deque<Instant> lately = new ArrayDeque<>();
  private long ignored;

  /** Why a request is not answered. */
  private enum Reason {
    OTHER_VAN("a request for a test alert of another van"),
    OVER("a request for a test alert whose time is over, or too far away"),
    NOT_PERMITTED("a request for a test alert while no alert may be raised"),
    TOO_MANY("more requests for test alerts than are answered in a minute");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  /**
   * Where test alerts go.
   *
   * @param database of the outbox and the audit log
   * @param wake has the outbox looked at
   */
  public record Way(Database database, Outbox outbox, AuditLog audit, Runnable wake) {}

  /**
   * @param authorisation that names the van and its control room; without one nothing is answered
   * @param picture that was drawn
   * @param permitted whether an alert could be raised now
   * @param clock that never goes back
   */
  public TestAnswers(
      Way way, Authorisation authorisation, Jpeg picture, BooleanSupplier permitted, Clock clock) {
    this.database = way.database();
    this.outbox = way.outbox();
    this.audit = way.audit();
    this.wake = way.wake();
    this.authorisation = authorisation;
    this.picture = picture;
    this.permitted = permitted;
    this.clock = clock;
  }

  /** Whether a request is answered now. */
  public boolean answers() {
    return permitted.getAsBoolean() && authorisation.alerts().controlRoom().isPresent();
  }

  /**
   * Takes a message of the outcomes topic.
   *
   * @param controlRoom whose signature counts
   * @return whether it is a request that the control room has signed, answered or not
   */
  public synchronized boolean take(byte[] message, ControlRoomIdentity controlRoom) {
    return TestRequest.read(message, controlRoom)
        .map(
            request -> {
              answer(request);
              return true;
            })
        .orElse(false);
  }

  private void answer(TestRequest request) {
    Instant now = clock.instant();
    answered.values().removeIf(until -> !now.isBefore(until));
    lately.removeIf(at -> !now.isBefore(at.plus(MINUTE)));
    if (answered.containsKey(request.id())) {
      return; // Delivered again.
    }
    if (!request.van().equals(authorisation.site().van())) {
      ignore(Reason.OTHER_VAN);
    } else if (!now.isBefore(request.expires())
        || request.expires().isAfter(now.plus(TestRequest.LONGEST))) {
      ignore(Reason.OVER);
    } else if (!permitted.getAsBoolean()) {
      ignore(Reason.NOT_PERMITTED);
    } else if (lately.size() >= MOST_IN_A_MINUTE) {
      ignore(Reason.TOO_MANY);
    } else {
      answered.put(request.id(), request.expires());
      lately.add(now);
      raise(request, now);
    }
  }

  private void raise(TestRequest request, Instant now) {
    try {
      if (database.write(transaction -> raise(transaction, request, now))) {
        LOG.info("Test alert {} for officer {}", request.id(), request.by().reference());
        wake.run();
      }
    } catch (StoreException e) {
      lines.due("A test alert cannot be stored: " + e.getMessage()).ifPresent(LOG::error);
    }
  }

  /** Not again if it was done before this process began. */
  private boolean raise(Transaction transaction, TestRequest request, Instant now)
      throws StoreException {
    if (Outbox.holds(transaction, request.id())) {
      return false;
    }
    AuditHead head =
        audit.append(
            transaction,
            AuditEvent.of(AuditKind.TEST_ALERT, request.by())
                .with("test", request.id())
                .with("deployment", authorisation.deployment()));
    Instant expires = now.plus(KEPT);
    byte[] event =
        TestAlertEvent.encode(
            request,
            authorisation.deployment(),
            head,
            now,
            expires,
            picture,
            authorisation.alerts().controlRoom().orElseThrow());
    outbox.enqueueTest(transaction, request.id(), event, now, expires);
    return true;
  }

  private void ignore(Reason reason) {
    ignored++;
    lines.due("Ignoring message: " + reason.words).ifPresent(LOG::warn);
  }

  /** How many requests were not answered. */
  public synchronized long ignored() {
    return ignored;
  }
}
