package org.sightline.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.concurrent.Backoff;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.OutboxEvent;
import org.sightline.edge.outbox.OutboxException;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.BrokerRetries;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.MessagePublisher;
import org.sightline.edge.publish.MessagePublisher.Answer;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries alerts from the outbox to the broker, on a thread of its own, one at a time and in order;
 * docs/outbox.md has the table of what it does on which answer. Owns the publisher. Thread-safe.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  /** How often an idle relay looks at its connection and at the clock. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** How often the van says that it is there. */
  private static final Duration ANNOUNCEMENT = Duration.ofSeconds(30);

  /** An alarm of the status: the data file cannot be read or written. */
  private static final String DATA_UNREADABLE = "data-unreadable";

  private final Database database;
  private final Outbox outbox;
  private final MessagePublisher publisher;
  private final RelayListener listener;
  private final Supplier<List<String>> alarms;
  private final Recipients recipients;
  private volatile Supplier<List<VanStatus.Camera>> cameras = List::of;
  private volatile Supplier<Optional<VanStatus.Pause>> pause = Optional::empty;
  private volatile Supplier<Optional<Instant>> lapses = Optional::empty;
  private volatile Supplier<Optional<ControlRoomIdentity>> room = Optional::empty;
  private volatile Supplier<Optional<VanStatus.Figures>> figures = Optional::empty;
  private volatile BooleanSupplier held = () -> false;
  private final Clock clock;
  private final Backoff backoff = BrokerRetries.backoff();
  private final LineLimit lines = new LineLimit();
  private final WaitingSightings sightings = new WaitingSightings();
  private final Suspects suspects = new Suspects(System::nanoTime);
  private final Thread thread = Threads.daemon("relay", this::run);

  private final Object signal = new Object();
  private boolean woken;
  private volatile boolean closing;
  private volatile long progressNanos = System.nanoTime();
  private volatile @Nullable String trouble;
  private volatile boolean unreadable;

  // Of the relay's thread alone.
  private long position;
  private boolean heldBack;
  private boolean purgeDue;
  private long connectedNanos;
  private long announcedNanos = System.nanoTime() - ANNOUNCEMENT.toNanos();
  private long lookedNanos;
  private VanStatus announced = VanStatus.NONE;

  private Relay(
      Database database,
      Outbox outbox,
      MessagePublisher publisher,
      RelayListener listener,
      Supplier<List<String>> alarms,
      Recipients recipients,
      Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.publisher = publisher;
    this.listener = listener;
    this.alarms = alarms;
    this.recipients = recipients;
    this.clock = clock;
  }

  /**
   * Starts carrying what waits and whatever comes.
   *
   * @param database that holds the outbox and the audit log, whose head the status shows
   * @param alarms that the status shows, as slugs; called on the relay's thread, to return soon
   * @param recipients for which control rooms alerts are sealed
   */
  public static Relay start(
      Database database,
      Outbox outbox,
      MessagePublisher publisher,
      RelayListener listener,
      Supplier<List<String>> alarms,
      Recipients recipients,
      Clock clock) {
    Relay relay = new Relay(database, outbox, publisher, listener, alarms, recipients, clock);
    relay.thread.start();
    return relay;
  }

  /**
   * Has the status show how the cameras stand and whether the deployment is paused, too.
   *
   * @param states called on the relay's thread, to return soon; so is the other
   */
  public void watch(
      Supplier<List<VanStatus.Camera>> states, Supplier<Optional<VanStatus.Pause>> pauses) {
    cameras = states;
    pause = pauses;
  }

  /**
   * Has the status show when an urgent authorisation lapses, too.
   *
   * @param waiting empty if none waits to be confirmed
   */
  public void watchLapse(Supplier<Optional<Instant>> waiting) {
    lapses = waiting;
  }

  /**
   * Has the status show which control room the alerts are sealed for, too.
   *
   * @param holding called on the relay's thread, to return soon; empty if none is authorised, or
   *     none may have them
   */
  public void watchRoom(Supplier<Optional<ControlRoomIdentity>> holding) {
    room = holding;
  }

  /**
   * Has the status show what was measured lately, too; a figure that changes is no reason to send
   * it.
   *
   * @param measured empty if nothing was; called on the relay's thread, to return soon
   */
  public void watchFigures(Supplier<Optional<VanStatus.Figures>> measured) {
    figures = measured;
  }

  /**
   * Has no alert sent for a time, such as while a refusal is to be recorded that discards some.
   *
   * @param waiting called on the relay's thread, to return soon
   */
  public void holdWhile(BooleanSupplier waiting) {
    held = waiting;
  }

  /** Says that an alert is in the outbox now. */
  void stored(UUID id) {
    listener.stored(id);
    wake();
  }

  /**
   * Says whether the person of an alert is in view, once the alerts before it are out; not if it is
   * for a control room alone and none may have it then.
   *
   * @param terms that name the control room
   */
  void seen(AlertSighting sighting, AlertTerms terms) {
    sightings.add(sighting, terms.controlRoom());
    wake();
  }

  /** Has the outbox looked at now. */
  public void wake() {
    synchronized (signal) {
      woken = true;
      signal.notifyAll();
    }
  }

  /** Whether it has not come a step further for so long; never once it has ended. */
  public boolean isStalled(Duration allowed) {
    return thread.isAlive() && System.nanoTime() - progressNanos > allowed.toNanos();
  }

  /** How it stands now. */
  public RelayState state() throws StoreException {
    return new RelayState(publisher.connected(), outbox.tally(), trouble);
  }

  /**
   * Waits until nothing is left to be published, for the end of a run.
   *
   * @return whether that came about in time
   */
  public boolean awaitEmpty(Duration timeout) throws StoreException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!database.read(tx -> Outbox.waiting(tx, clock.instant())).none()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  /**
   * Ends after the message under way, if any, and closes the publisher. What waits stays in the
   * outbox.
   */
  @Override
  public void close() {
    closing = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    publisher.alarms(alarms());
    publisher.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      progressNanos = System.nanoTime();
      try {
        connect();
        carry();
      } catch (StoreException e) {
        unreadable = true;
        report(e.getMessage());
        pause(backoff.next(), false);
        position = 0;
      } catch (PublishException e) {
        // The connection is made again after a pause that a new alert does not shorten.
        report(e.getMessage());
        pause(backoff.next(), false);
        position = 0;
      } catch (RuntimeException e) {
        LOG.error("The relay failed and continues: {}", e.getClass().getSimpleName(), e);
        report("the relay failed: " + e.getClass().getSimpleName());
        pause(BrokerRetries.LONGEST, false);
        position = 0;
      }
    }
  }

  private void connect() throws PublishException {
    if (publisher.connected()) {
      if (System.nanoTime() - connectedNanos > BrokerRetries.LONGEST.toNanos()) {
        backoff.reset();
      }
      return;
    }
    publisher.connect();
    connectedNanos = System.nanoTime();
    announcedNanos = connectedNanos - ANNOUNCEMENT.toNanos();
    LOG.info("Connected to the broker");
  }

  /** Now and then, after connecting, and when alarms come or go; answers outcomes meanwhile. */
  private void announce() throws PublishException {
    long now = System.nanoTime();
    boolean due = now - announcedNanos >= ANNOUNCEMENT.toNanos();
    // Between the alerts of a long queue, what alarms there are is not asked every time.
    if (!due && now - lookedNanos < IDLE.toNanos()) {
      return;
    }
    lookedNanos = now;
    publisher.receipts();
    List<String> current = alarms();
    List<VanStatus.Camera> seen = cameras.get();
    VanStatus.Pause paused = pause.get().orElse(null);
    Instant lapsing = lapses.get().orElse(null);
    String sealing = room.get().map(ControlRoomIdentity::keyId).orElse(null);
    if (due
        || !current.equals(announced.alarms())
        || !seen.equals(announced.cameras())
        || !Objects.equals(paused, announced.pause())
        || !Objects.equals(lapsing, announced.lapses())
        || !Objects.equals(sealing, announced.sealsFor())) {
      announced =
          status(current)
              .with(seen)
              .during(paused)
              .lapsing(lapsing)
              .sealing(sealing)
              .measuring(figures.get().orElse(null));
      publisher.announce(announced);
      announcedNanos = now;
    }
  }

  private List<String> alarms() {
    List<String> all = new ArrayList<>(alarms.get());
    if (unreadable) {
      all.add(DATA_UNREADABLE);
    }
    return all;
  }

  /** With the numbers of before where there are no new ones: alarms go out all the same. */
  private VanStatus status(List<String> current) {
    try {
      LogPosition log = database.read(AuditLog::position);
      return new VanStatus(outbox.tally().waiting(), log, current);
    } catch (StoreException e) {
      LOG.warn("Cannot determine how many alerts are waiting: {}", e.getMessage());
      return new VanStatus(
          announced.queued(),
          announced.auditHead(),
          announced.instance(),
          current,
          List.of(),
          null,
          VanStatus.Terms.NONE,
          null);
    }
  }

  /**
   * Goes through the queue to its end or to an alert that nobody hears, then waits. However long
   * the queue is, the van says in between that it is there. What gives way has its turn behind all
   * others, one at a time.
   */
  private void carry() throws PublishException, StoreException {
    announce();
    if (held.getAsBoolean()) {
      pause(IDLE, true);
      return;
    }
    Optional<OutboxEvent> again = Optional.empty();
    Optional<OutboxEvent> next = outbox.next(position);
    while (next.isPresent() && !closing && !held.getAsBoolean()) {
      progressNanos = System.nanoTime();
      OutboxEvent event = next.get();
      if (suspects.givesWay(event.id())) {
        again = again.or(() -> Optional.of(event).filter(it -> suspects.due(it.id())));
        position = event.sequence();
        heldBack = true;
      } else if (heard(event)) {
        announce();
      } else {
        return;
      }
      next = outbox.next(position);
    }
    sayWhoIsInView();
    if (again.isPresent() && !closing && !held.getAsBoolean() && !heard(again.get())) {
      return;
    }
    if (purgeDue) {
      outbox.purge();
      purgeDue = false;
    }
    unreadable = false;
    if (!heldBack) {
      suspects.clear();
      trouble = null;
      pause(IDLE, true);
    } else if (!pause(backoff.next(), true)) {
      // From the start again; had something new come, it would have its turn first.
      position = 0;
      heldBack = false;
    }
  }

  private void sayWhoIsInView() throws PublishException {
    for (WaitingSightings.Waiting waiting : sightings.take()) {
      Optional<byte[]> content = waiting.content(recipients);
      if (content.isPresent()) {
        AlertSighting sighting = waiting.sighting();
        publisher.sighting(
            sighting.alert(), content.get(), SightingMessage.expiry(sighting.inView()));
      }
    }
  }

  /** Publishes it; if nobody hears it, nobody hears the others either, and this waits. */
  private boolean heard(OutboxEvent event) throws PublishException, StoreException {
    if (publish(event) instanceof Answer.Unheard) {
      report("nobody is subscribed to the alerts");
      pause(backoff.next(), true);
      return false;
    }
    return true;
  }

  private Answer publish(OutboxEvent event) throws PublishException, StoreException {
    Instant now = clock.instant();
    Duration expiry = Duration.between(now, event.expires());
    if (expiry.isNegative() || expiry.isZero()) {
      // The deletion of what has expired counts it.
      suspects.clear(event.id());
      position = event.sequence();
      return new Answer.Refused("its retention has ended");
    }
    byte[] payload;
    try {
      payload = outbox.payload(event);
    } catch (OutboxException e) {
      return holdBack(event, e.getMessage());
    }
    Optional<byte[]> sealed = AlertEvent.published(payload, now, recipients);
    if (sealed.isEmpty()) {
      return holdBack(event, "no control room may have what is sealed for one");
    }
    Answer answer = answer(event, sealed.get(), expiry);
    if (answer instanceof Answer.Accepted) {
      outbox.acknowledge(event.id(), clock.instant());
      position = event.sequence();
      purgeDue = true;
      backoff.reset();
      if (!event.test()) {
        listener.published(new Publication(event.id(), event.camera()));
      }
    } else if (answer instanceof Answer.Refused refused) {
      return holdBack(event, "the broker refuses an alert: " + refused.reason());
    }
    return answer;
  }

  private Answer answer(OutboxEvent event, byte[] sealed, Duration expiry) throws PublishException {
    try {
      Answer answer = publisher.publish(event.id(), sealed, expiry);
      suspects.clear(event.id());
      return answer;
    } catch (PublishException | RuntimeException e) {
      int count = suspects.ended(event.id());
      if (suspects.givesWay(event.id())) {
        LOG.warn(
            "Alert {} goes behind the others: {} times the connection ended or no answer came when"
                + " it was sent (check the largest message that the broker accepts)",
            event.id(),
            count);
      }
      throw e;
    }
  }

  private Answer holdBack(OutboxEvent event, String reason) {
    report(reason);
    position = event.sequence();
    heldBack = true;
    return new Answer.Refused(reason);
  }

  /**
   * Logs a reason when it is a new one; the same one over and over is said once, and one that comes
   * and goes once a minute.
   */
  private void report(String reason) {
    if (!reason.equals(trouble)) {
      lines.due("Alerts wait: " + reason).ifPresent(LOG::warn);
      trouble = reason;
    }
  }

  /**
   * Waits.
   *
   * @param untilWoken whether something new in the outbox ends it
   * @return whether it did
   */
  private boolean pause(Duration duration, boolean untilWoken) {
    long deadline = System.nanoTime() + duration.toNanos();
    synchronized (signal) {
      try {
        while (!closing && !(untilWoken && woken)) {
          long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (leftMillis <= 0) {
            return false;
          }
          signal.wait(leftMillis);
        }
      } catch (InterruptedException e) {
        closing = true;
      }
      woken = false;
      return true;
    }
  }
}
