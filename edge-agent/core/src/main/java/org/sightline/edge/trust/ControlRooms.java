package org.sightline.edge.trust;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.trust.RoomStanding.Replaced;
import org.sightline.edge.trust.RoomStanding.Revoked;
import org.sightline.edge.trust.RoomStanding.StandIn;
import org.sightline.edge.trust.TrustedKeys.Applied;

/**
 * Which control room holds where an authorisation names one. An authorisation is the root: a room
 * that none names holds only in the place of one that is named, and what no statement is about
 * holds as it was authorised. Immutable.
 */
public final class ControlRooms {
  private final Map<ControlRoomIdentity, RoomStanding> rooms;

  private ControlRooms(Map<ControlRoomIdentity, RoomStanding> rooms) {
    this.rooms = rooms;
  }

  /** What is on the way to be that. */
  static final class Building {
    private final Map<ControlRoomIdentity, RoomStanding> rooms = new LinkedHashMap<>();

    private RoomStanding of(ControlRoomIdentity room) {
      return rooms.getOrDefault(room, RoomStanding.of(room));
    }

    void revoke(Applied applied, RoomAct.Revoke revoke) {
      if (of(revoke.room()).revoked().isEmpty()) {
        rooms.put(
            revoke.room(),
            of(revoke.room())
                .with(new Revoked(applied.at(), revoke.reason(), applied.statement().id())));
      }
    }

    /**
     * Adds what is no revocation.
     *
     * @param stands whether one of its signers still does
     */
    void add(Applied applied, RoomAct act, boolean stands) {
      if (act instanceof RoomAct.Name name) {
        StandIn standIn =
            new StandIn(
                // Nobody's word is left: the room that is authorised holds, not the one of before.
                Optional.of(name.by()).filter(each -> stands),
                name.label(),
                applied.statement().created(),
                name.from().orElse(applied.at()),
                name.until(),
                applied.statement().id());
        rooms.put(name.room(), of(name.room()).with(standIn));
      } else if (act instanceof RoomAct.Replace replace) {
        Instant at = replace.from().filter(from -> from.isAfter(applied.at())).orElse(applied.at());
        rooms.put(
            replace.room(),
            of(replace.room())
                .with(
                    new Replaced(
                        Optional.of(replace.by()).filter(each -> stands),
                        replace.label(),
                        at,
                        applied.statement().id())));
      }
    }

    ControlRooms built() {
      return new ControlRooms(rooms);
    }
  }

  private RoomStanding of(ControlRoomIdentity room) {
    return rooms.getOrDefault(room, RoomStanding.of(room));
  }

  /**
   * The room that is to have what is sealed for the one that an authorisation names; empty if none
   * may.
   */
  public Optional<ControlRoomIdentity> holder(ControlRoomIdentity authorised, Instant now) {
    Optional<ControlRoomIdentity> place = successor(authorised, now);
    return place
        .flatMap(room -> of(room).standIn())
        .filter(standIn -> standIn.counts(now))
        .flatMap(StandIn::by)
        .flatMap(room -> successor(room, now))
        .filter(room -> !isRevoked(room))
        .or(() -> place.filter(room -> !isRevoked(room)));
  }

  /**
   * The rooms whose signature counts where an authorisation names one: the one that holds, and
   * while another stands in for it the one in whose place that is, which may have alerts of before.
   */
  public List<ControlRoomIdentity> signers(ControlRoomIdentity authorised, Instant now) {
    return Stream.concat(
            holder(authorised, now).stream(),
            successor(authorised, now).filter(room -> !isRevoked(room)).stream())
        .distinct()
        .toList();
  }

  /** A room, or who has its place by now; empty if nobody has. */
  private Optional<ControlRoomIdentity> successor(ControlRoomIdentity room, Instant now) {
    Set<ControlRoomIdentity> seen = new HashSet<>();
    Optional<ControlRoomIdentity> place = Optional.of(room);
    while (place.filter(seen::add).isPresent()) {
      Optional<Replaced> replaced =
          of(place.get()).replaced().filter(each -> !now.isBefore(each.at()));
      if (replaced.isEmpty()) {
        return place;
      }
      place = replaced.get().by();
    }
    return Optional.empty();
  }

  /** Whether one of its keys is one that was revoked. */
  private boolean isRevoked(ControlRoomIdentity room) {
    return rooms.values().stream()
        .anyMatch(each -> each.revoked().isPresent() && each.room().sharesKeyWith(room));
  }

  /** Whether what was sealed for a key earlier may still go out. */
  public boolean mayHave(String keyId, Instant now) {
    return rooms.values().stream()
        .filter(each -> each.room().keyId().equals(keyId))
        .noneMatch(
            each ->
                each.revoked().isPresent()
                    || each.replaced().filter(gone -> !now.isBefore(gone.at())).isPresent());
  }

  /** All of which statements say something, in the order of the statements. */
  public List<RoomStanding> all() {
    return List.copyOf(rooms.values());
  }

  /** Why what a statement says changes nothing here; empty if it does. */
  Optional<TrustRefusal> objection(TrustStatement statement, RoomAct act, Instant now) {
    if (act instanceof RoomAct.Revoke) {
      return Optional.of(TrustRefusal.ALREADY).filter(each -> of(act.room()).revoked().isPresent());
    }
    // Another may stand in for a room, and it for another, until it is replaced: whether the
    // statement on that comes before or after this one.
    Instant gone = act instanceof RoomAct.Name ? now : Instant.MAX;
    if (isReplaced(act.room(), gone, each -> each.by().isPresent())) {
      return Optional.of(TrustRefusal.GONE);
    }
    ControlRoomIdentity by =
        act instanceof RoomAct.Name name ? name.by() : ((RoomAct.Replace) act).by();
    if (isRevoked(by) || isReplaced(by, gone, each -> true)) {
      return Optional.of(TrustRefusal.ALREADY);
    }
    return Optional.of(TrustRefusal.OLDER)
        .filter(each -> act instanceof RoomAct.Name && isOlder(statement, of(act.room())));
  }

  private boolean isReplaced(ControlRoomIdentity room, Instant when, Predicate<Replaced> how) {
    return of(room).replaced().filter(how).filter(each -> !when.isBefore(each.at())).isPresent();
  }

  private static boolean isOlder(TrustStatement statement, RoomStanding known) {
    return known
        .standIn()
        .filter(standIn -> !statement.created().isAfter(standIn.created()))
        .isPresent();
  }
}
