package org.sightline.edge.board.room;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts of a board: those that are shown in memory, all on disk. What is done with leaves the
 * memory, and then the disk but for its id, when there is more of it than {@link Bounds} say: the
 * longest judged first, and only where nothing is awaited of it. A disk that fails is an error in
 * the log. Not thread-safe: the room's lock guards it.
 */
final class KnownAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(KnownAlerts.class);

  private final AlertShelf shelf;
  private final DiscardShelf discards;
  private final StreetDesk street;
  private final Bounds bounds;
  private final Map<UUID, OpenAlert> alerts = new LinkedHashMap<>();

  /** When those were judged of which nothing is awaited any more. */
  private final Map<UUID, Instant> settled = new HashMap<>();

  /** Those whose pictures are kept for an officer in the street. */
  private final Set<UUID> withPictures = new HashSet<>();

  private final LineLimit lines = new LineLimit();
  private Stored stored = new Stored(0, 0, false);

  KnownAlerts(AlertShelf shelf, DiscardShelf discards, StreetDesk street, Bounds bounds) {
    this.shelf = shelf;
    this.discards = discards;
    this.street = street;
    this.bounds = bounds;
  }

  /** Takes up what was kept. */
  void load(Instant now) throws StoreException {
    shelf.deleteExpired(now);
    shelf.takeOffDisk();
    List<OpenAlert> kept = shelf.load(bounds.done(), bounds.awaited());
    street.load(kept.stream().map(OpenAlert::id).toList());
    Map<UUID, Instant> found = new HashMap<>();
    for (OpenAlert each : kept) {
      OpenAlert alert = asOf(now, each);
      alerts.put(alert.id(), alert);
      if (alert.judgement().isDone() && alert.eventBytes() > 0) {
        withPictures.add(alert.id());
      }
      Instant at = street.settledAt(alert);
      if (at != null) {
        found.put(alert.id(), at);
      }
    }
    shelf.settled(found);
    settled.putAll(found);
    count();
  }

  /** A clock that was set back while nobody ran makes nothing younger or longer kept. */
  private static OpenAlert asOf(Instant now, OpenAlert kept) {
    Instant latest = now.plus(ControlRoomInbox.LONGEST_EXPIRY);
    return new OpenAlert(
        kept.id(),
        kept.van(),
        kept.content(),
        kept.eventBytes(),
        kept.sent().isAfter(now) ? now : kept.sent(),
        kept.expires().isAfter(latest) ? latest : kept.expires(),
        kept.judgement(),
        kept.seen());
  }

  /** Those in memory, in the order in which they came into it. */
  Collection<OpenAlert> all() {
    return Collections.unmodifiableCollection(alerts.values());
  }

  /** Those in memory, oldest first, wherever one that came back from the disk stands. */
  List<OpenAlert> oldestFirst() {
    return alerts.values().stream().sorted(comparing(OpenAlert::sent)).toList();
  }

  /** One that is in memory; null if there is none. */
  @Nullable OpenAlert get(UUID id) {
    return alerts.get(id);
  }

  /**
   * One that is in memory or on disk; null if there is none. Of one that was put away nothing is
   * known but its id, its van and its times.
   */
  @Nullable OpenAlert find(UUID id) {
    OpenAlert known = alerts.get(id);
    return known != null ? known : stored(id);
  }

  private @Nullable OpenAlert stored(UUID id) {
    if (discards.holds(id)) {
      return null; // The disk may still have it.
    }
    try {
      return shelf.find(id).orElse(null);
    } catch (StoreException e) {
      LOG.error("Cannot determine whether an alert was there before: {}", e.getMessage());
      return null;
    }
  }

  /**
   * One of which a van or another board says something: in memory, or taken back into it from the
   * disk, where it is until nothing is awaited of it. Null if there is none of this van.
   */
  @Nullable OpenAlert recall(UUID id, VanId van) {
    OpenAlert known = find(id);
    if (known == null || !van.equals(known.van())) {
      return null;
    }
    if (!alerts.containsKey(id)) {
      try {
        street.recall(id);
      } catch (StoreException e) {
        LOG.error("The state of the board is not on disk: {}", e.getMessage());
      }
      if (known.content() != null) {
        alerts.put(id, known);
        Instant at = street.settledAt(known);
        settle(id, at);
        if (at == null) {
          stored = stored.plus(0, -1);
        } else {
          keep(() -> shelf.settled(id, at)); // An earlier board has not noted it.
          count();
        }
      }
    }
    return known;
  }

  /** Those of a deployment of a van, in memory or on disk. */
  Set<UUID> of(VanId van, DeploymentId deployment) {
    Set<UUID> found = inMemory(van, deployment);
    keep(() -> found.addAll(shelf.of(van, deployment)));
    return found;
  }

  /** Those of a deployment of a van that are in memory. */
  Set<UUID> inMemory(VanId van, DeploymentId deployment) {
    Set<UUID> found = new LinkedHashSet<>();
    for (OpenAlert alert : alerts.values()) {
      if (alert.content() != null
          && van.equals(alert.van())
          && alert.content().origin().deployment().equals(deployment)) {
        found.add(alert.id());
      }
    }
    return found;
  }

  /** Whether one more of a van is kept. */
  boolean hasRoomFor(VanId van, boolean signed, int eventBytes) {
    return bounds.allow(van, signed, eventBytes, alerts.values());
  }

  /**
   * A new one has arrived.
   *
   * @return as it is known from now on
   */
  OpenAlert add(OpenAlert alert, byte[] event) {
    boolean onDisk = keep(() -> shelf.add(alert, event));
    OpenAlert known = onDisk ? alert.withoutPictures() : alert;
    alerts.put(known.id(), known);
    return known;
  }

  /**
   * Somebody has looked at one; the first who did is kept.
   *
   * @return as it is known from now on
   */
  OpenAlert seen(OpenAlert alert, Actor officer, Instant at) {
    if (alert.seen() != null) {
      return alert;
    }
    Seen first = new Seen(officer, at);
    OpenAlert after = alert.with(first);
    keep(() -> shelf.seen(after.id(), first));
    alerts.put(after.id(), after);
    return after;
  }

  /**
   * Something was found of one, or said by its van. One that has not come here is on disk alone.
   *
   * @param pictures whether an officer in the street may look at its pictures
   * @return as it is known from now on
   */
  OpenAlert judged(OpenAlert alert, boolean pictures) {
    boolean done = alert.judgement().isDone();
    Instant at = street.settledAt(alert);
    boolean onDisk = keep(() -> shelf.judged(alert, pictures, at));
    OpenAlert known = done ? alert.withoutPictures() : alert;
    if (known.content() != null || !onDisk) {
      alerts.put(known.id(), known);
      settle(known.id(), at);
    }
    if (done && pictures) {
      withPictures.add(known.id());
    }
    return known;
  }

  /** What became of one in the street is another than before. */
  void engaged(UUID id) {
    OpenAlert alert = alerts.get(id);
    Instant at = alert == null ? null : street.settledAt(alert);
    if (alert != null && !Objects.equals(settled.get(id), at)) {
      settle(id, at);
      keep(() -> shelf.settled(id, at));
    }
  }

  private void settle(UUID id, @Nullable Instant at) {
    if (at == null) {
      settled.remove(id);
    } else {
      settled.put(id, at);
    }
  }

  /** Those whose pictures are kept for officers in the street. */
  List<UUID> withPictures() {
    return List.copyOf(withPictures);
  }

  /** Nobody in the street looks at the pictures of one any more. */
  void dropPictures(UUID id) {
    withPictures.remove(id);
    keep(() -> shelf.dropPictures(id));
  }

  /**
   * Has what is done with, and more than the bounds allow, leave the memory, the longest judged
   * first.
   *
   * @param gone is called with each
   */
  void putAway(Consumer<UUID> gone) {
    List<UUID> surplus =
        Stream.concat(
                beyond(settled, bounds.done()).stream(),
                beyond(awaited(), bounds.awaited()).stream())
            .toList();
    if (surplus.isEmpty()) {
      return;
    }
    long before = stored.awaited();
    surplus.forEach(
        id -> {
          stored = settled.containsKey(id) ? stored.plus(1, 0) : stored.plus(0, 1);
          forget(id);
          gone.accept(id);
        });
    if (stored.awaited() > before) {
      lines
          .due(
              "More judged alerts than this board can show wait for their vans, or for what became"
                  + " of them: the longest judged are stored alone")
          .ifPresent(LOG::warn);
    }
  }

  private Map<UUID, Instant> awaited() {
    Map<UUID, Instant> awaited = new HashMap<>();
    for (OpenAlert alert : alerts.values()) {
      if (alert.content() != null
          && alert.judgement().isDone()
          && !settled.containsKey(alert.id())
          && !withPictures.contains(alert.id())) {
        awaited.put(alert.id(), alert.judgedAt());
      }
    }
    return awaited;
  }

  private static List<UUID> beyond(Map<UUID, Instant> judged, int most) {
    return judged.size() <= most
        ? List.of()
        : judged.entrySet().stream()
            .sorted(
                Map.Entry.<UUID, Instant>comparingByValue()
                    .thenComparing(comparing(Map.Entry::getKey, naturalOrder())))
            .limit(judged.size() - most)
            .map(Map.Entry::getKey)
            .toList();
  }

  /** What is stored and in memory no more. */
  Stored stored() {
    return stored;
  }

  /** Deletes from the disk what has expired, and all but the id of what was put away. */
  void tidy(Instant now) {
    keep(() -> shelf.putAway(bounds.done()));
    keep(() -> shelf.deleteExpired(now));
    count();
  }

  private void count() {
    keep(
        () -> {
          Stored all = shelf.judgedRows();
          stored =
              new Stored(
                  Math.max(0, all.settled() - settled.size()),
                  Math.max(0, all.awaited() - awaited().size()),
                  stored.complete());
        });
  }

  /**
   * Of these that are stored nothing is awaited; of one that is in memory it is known here whether
   * anything is.
   *
   * @param complete whether all that are stored have been looked at
   */
  void foundSettled(Map<UUID, Instant> found, boolean complete) {
    Map<UUID, Instant> away = new HashMap<>(found);
    away.keySet().removeAll(alerts.keySet());
    if (!away.isEmpty() && keep(() -> shelf.settled(away))) {
      stored = stored.plus(away.size(), -away.size());
    }
    stored = new Stored(stored.settled(), stored.awaited(), complete);
  }

  /** Forgets what is in memory of one. */
  void forget(UUID id) {
    alerts.remove(id);
    settled.remove(id);
    withPictures.remove(id);
  }

  private interface Keeping {
    void run() throws StoreException;
  }

  /** Whether it is on disk. */
  private static boolean keep(Keeping keeping) {
    try {
      keeping.run();
      return true;
    } catch (StoreException e) {
      LOG.error("The state of the board is not on disk: {}", e.getMessage());
      return false;
    }
  }
}
