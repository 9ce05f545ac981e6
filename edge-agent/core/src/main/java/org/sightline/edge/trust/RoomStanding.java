package org.sightline.edge.trust;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.crypto.ControlRoomIdentity;

/** What statements have made of a control room. Immutable. */
public record RoomStanding(
    ControlRoomIdentity room,
    Optional<StandIn> standIn,
    Optional<Replaced> replaced,
    Optional<Revoked> revoked) {
  /**
   * Who holds in its place for a time.
   *
   * @param by empty if those who named it are gone themselves: then the room itself holds, and what
   *     is older than this changes nothing
   * @param created of the statement
   * @param until first moment at which it holds no more; empty if there is none
   */
  public record StandIn(
      Optional<ControlRoomIdentity> by,
      String label,
      Instant created,
      Instant from,
      Optional<Instant> until,
      UUID statement) {
    boolean counts(Instant now) {
      return !now.isBefore(from) && until.map(now::isBefore).orElse(true);
    }
  }

  /**
   * That it has no place any more from {@code at} on.
   *
   * @param by who has it; empty if those who gave it are gone themselves
   */
  public record Replaced(
      Optional<ControlRoomIdentity> by, String label, Instant at, UUID statement) {}

  /**
   * That it gets nothing and that nothing of it counts.
   *
   * @param at when that was applied here
   */
  public record Revoked(Instant at, String reason, UUID statement) {}

  static RoomStanding of(ControlRoomIdentity room) {
    return new RoomStanding(room, Optional.empty(), Optional.empty(), Optional.empty());
  }

  RoomStanding with(StandIn how) {
    return new RoomStanding(room, Optional.of(how), replaced, revoked);
  }

  RoomStanding with(Replaced how) {
    return new RoomStanding(room, standIn, Optional.of(how), revoked);
  }

  RoomStanding with(Revoked how) {
    return new RoomStanding(room, standIn, replaced, Optional.of(how));
  }
}
