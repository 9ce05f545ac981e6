package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.LogWatch;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.PublishedLog;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the control room knows: the open alerts, what was found of them, how the vans stand.
 * What is known of an alert is on disk before anybody sees it; a disk that fails is an error in the
 * log and keeps nobody from seeing or judging. Thread-safe.
 */
public final class ControlRoom implements ControlRoomInbox {
  private static final Logger LOG = LoggerFactory.getLogger(ControlRoom.class);

  private final AlertShelf shelf;
  private final ControlRoomKeys keys;
  private final boolean twoPerson;
  private final Clock clock;
  private final RoomListener listener;
  private final Map<UUID, OpenAlert> alerts = new LinkedHashMap<>();
  private final Vans vans = new Vans();
  private final LogShelf logShelf;
  private final LogWatch logs;

  /** An outcome that the broker has still to take. */
  public record Unsent(VanId van, OutcomeMessage message, Duration expiry) {}

  private ControlRoom(
      AlertShelf shelf,
      LogShelf logShelf,
      ControlRoomKeys keys,
      boolean twoPerson,
      Clock clock,
      RoomListener listener)
      throws StoreException {
    this.shelf = shelf;
    this.logShelf = logShelf;
    this.logs = new LogWatch(logShelf.load());
    this.keys = keys;
    this.twoPerson = twoPerson;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Takes up what was kept.
   *
   * @param twoPerson whether an alert is closed by two officers who find the same
   * @param clock that never goes back while this runs
   */
  public static ControlRoom open(
      AlertShelf shelf,
      LogShelf logShelf,
      ControlRoomKeys keys,
      boolean twoPerson,
      Clock clock,
      RoomListener listener)
      throws StoreException {
    ControlRoom room = new ControlRoom(shelf, logShelf, keys, twoPerson, clock, listener);
    Instant now = clock.instant();
    shelf.deleteExpired(now);
    for (OpenAlert kept : shelf.load()) {
      room.alerts.put(kept.id(), asOf(now, kept));
    }
    return room;
  }

  /** A clock that was set back while nobody ran makes nothing younger or longer kept. */
  private static OpenAlert asOf(Instant now, OpenAlert kept) {
    Instant latest = now.plus(LONGEST_EXPIRY);
    return new OpenAlert(
        kept.id(),
        kept.content(),
        kept.sent().isAfter(now) ? now : kept.sent(),
        kept.expires().isAfter(latest) ? latest : kept.expires(),
        kept.judgement());
  }

  /** Calls back with all alerts, oldest first, and all vans; no change happens meanwhile. */
  public synchronized void look(BiConsumer<List<OpenAlert>, List<Van>> viewer) {
    viewer.accept(
        alerts.values().stream().filter(alert -> alert.content() != null).toList(), vans.all());
  }

  /** The match of an alert, with its pictures; null if there is none that can be shown. */
  public synchronized Alert.@Nullable Match match(UUID id) {
    OpenAlert alert = alerts.get(id);
    return alert == null || alert.content() == null ? null : alert.content().match();
  }

  @Override
  public synchronized boolean alert(VanId van, byte[] event, Duration expiry) {
    ReceivedAlert content;
    try {
      content = AlertShelf.read(event, keys);
    } catch (PublishException e) {
      return false;
    }
    if (!content.origin().van().equals(van)) {
      return false;
    }
    Instant now = clock.instant();
    vans.alive(van, now).ifPresent(listener::changed);
    if (alerts.containsKey(content.id())) {
      return true; // Repeated, or judged before it came here.
    }
    Duration kept = expiry.compareTo(LONGEST_EXPIRY) < 0 ? expiry : LONGEST_EXPIRY;
    OpenAlert alert =
        new OpenAlert(
            content.id(),
            content,
            now.minus(onItsWay(content, kept)),
            now.plus(kept),
            Judgement.NONE);
    keep(() -> shelf.add(alert, event));
    change(alert);
    logs.alert(content).ifPresent(log -> logChanged(van, log));
    return true;
  }

  /** What it has waited at the broker: its life when the van sent it, less what is left of it. */
  private static Duration onItsWay(ReceivedAlert alert, Duration left) {
    Duration waited =
        Duration.between(alert.times().published(), alert.times().expires()).minus(left);
    return waited.isNegative() ? Duration.ZERO : waited;
  }

  @Override
  public synchronized boolean status(VanId van, byte[] message, boolean retained) {
    // What the broker keeps may be from before the last that was heard; the van soon says more.
    if (!retained) {
      logs.status(van, message).ifPresent(log -> keep(() -> logShelf.keep(van, log)));
    }
    Optional<Van> after = vans.status(van, message, retained, logs.of(van), clock.instant());
    after.ifPresent(listener::changed);
    return after.isPresent();
  }

  private void logChanged(VanId van, PublishedLog log) {
    keep(() -> logShelf.keep(van, log));
    vans.log(van, log).ifPresent(listener::changed);
  }

  /**
   * An officer has looked into why the audit log of a van does not continue what was published.
   *
   * @return whether there was something to look into
   */
  public synchronized boolean acknowledgeLog(VanId van, Actor officer) {
    PublishedLog before = logs.of(van);
    Optional<PublishedLog> after = logs.acknowledge(van);
    if (before == null || after.isEmpty()) {
      return false;
    }
    LOG.info(
        "Officer {} has acknowledged: {}", officer.reference(), before.line(van).orElseThrow());
    logChanged(van, after.get());
    return true;
  }

  /** The first outcome that all hear from the broker is the one that counts. */
  @Override
  public synchronized boolean outcome(VanId van, byte[] message) {
    Optional<OutcomeMessage> read = OutcomeMessage.read(message, keys.identity());
    if (read.isEmpty()) {
      return false;
    }
    OutcomeMessage outcome = read.get();
    Instant now = clock.instant();
    OpenAlert known =
        alerts.getOrDefault(
            outcome.alert(),
            new OpenAlert(outcome.alert(), null, now, now.plus(LONGEST_EXPIRY), Judgement.NONE));
    if (known.judgement().delivery() != Judgement.Delivery.HEARD) {
      judged(known.with(Judgement.heard(outcome)));
    }
    return true;
  }

  /** An officer says what an alert is. */
  public synchronized Verdict judge(UUID id, Finding finding) {
    OpenAlert alert = alerts.get(id);
    if (alert == null || alert.content() == null) {
      return new Verdict.Unknown();
    }
    Judgement before = alert.judgement();
    if (before.state() == Judgement.State.CLOSED) {
      return new Verdict.Closed();
    }
    if (!alert.isReadable() && finding.outcome() != Outcome.UNRESOLVED) {
      return new Verdict.Unreadable();
    }
    if (twoPerson && before.isProposedBy(finding)) {
      return new Verdict.SameOfficer();
    }
    Instant now = clock.instant();
    OpenAlert judged =
        alert.with(twoPerson ? before.with(finding, now) : before.closedBy(finding, now));
    LOG.info(
        "Officer {} judged alert {} {}; it is {}",
        finding.by().reference(),
        id,
        finding.outcome().word(),
        judged.judgement().state().word());
    judged(judged);
    return new Verdict.Taken(judged);
  }

  /** The outcomes that the broker has still to take, oldest alert first. */
  public synchronized List<Unsent> unsent() {
    Instant now = clock.instant();
    List<Unsent> unsent = new ArrayList<>();
    for (OpenAlert alert : alerts.values()) {
      if (alert.judgement().delivery() == Judgement.Delivery.WAITING && alert.content() != null) {
        unsent.add(
            new Unsent(
                alert.content().origin().van(),
                alert.judgement().message(alert.id()),
                Duration.between(now, alert.expires())));
      }
    }
    return unsent;
  }

  /** The broker has taken the outcome of an alert. */
  public synchronized void sent(UUID id) {
    OpenAlert alert = alerts.get(id);
    if (alert != null && alert.judgement().delivery() == Judgement.Delivery.WAITING) {
      judged(alert.with(alert.judgement().delivered(Judgement.Delivery.SENT)));
    }
  }

  private void judged(OpenAlert alert) {
    keep(() -> shelf.judged(alert));
    change(alert.judgement().isDone() ? alert.withoutPictures() : alert);
  }

  private void change(OpenAlert alert) {
    alerts.put(alert.id(), alert);
    if (alert.content() != null) {
      listener.changed(alert);
    }
  }

  /** Lets go of what has expired and looks for vans that have fallen silent. */
  public synchronized void tick() {
    Instant now = clock.instant();
    vans.fallenSilent(now).forEach(listener::changed);
    List<OpenAlert> expired =
        alerts.values().stream().filter(alert -> !now.isBefore(alert.expires())).toList();
    if (expired.isEmpty()) {
      return;
    }
    for (OpenAlert alert : expired) {
      if (alert.judgement().delivery() == Judgement.Delivery.WAITING) {
        LOG.warn("The outcome of alert {} expired before the broker accepted it", alert.id());
      }
      alerts.remove(alert.id());
      listener.gone(alert.id());
    }
    keep(() -> shelf.deleteExpired(now));
  }

  private interface Keeping {
    void run() throws StoreException;
  }

  private static void keep(Keeping keeping) {
    try {
      keeping.run();
    } catch (StoreException e) {
      LOG.error("The state of the board is not on disk: {}", e.getMessage());
    }
  }
}
