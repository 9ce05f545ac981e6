package org.sightline.edge.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import org.sightline.edge.crypto.ControlRoomIdentity;

/**
 * What is said of a control room's keys: the one that alerts are sealed for and the one that signs
 * outcomes, which come and go together. It changes nothing at a van whose authorisation does not
 * name one of the rooms that it is about.
 */
public sealed interface RoomAct extends TrustStatement.Act {
  /** The room that it is about: of two, the one that goes, or stands aside. */
  ControlRoomIdentity room();

  /**
   * A control room holds in the place of another for a time; then the other holds again.
   *
   * @param by the one that holds meanwhile
   * @param label whose that is, for people; one line of 1 to 80 characters
   * @param from first moment at which it holds; empty if at once
   * @param until first moment at which it holds no more; empty if it holds until a later word
   */
  record Name(
      ControlRoomIdentity room,
      ControlRoomIdentity by,
      String label,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> from,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> until)
      implements RoomAct {
    public Name {
      TrustStatement.requireLabel(label);
      TrustStatement.requireTime(from, until);
      requireTwo(room, by);
    }
  }

  /**
   * A control room has other keys, or another room its place, for good: of the old keys nothing
   * counts from then on, and nothing is sealed for them.
   *
   * @param by the one that has the place
   * @param label whose that is, as above
   * @param from the moment; empty if at once
   */
  record Replace(
      ControlRoomIdentity room,
      ControlRoomIdentity by,
      String label,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> from)
      implements RoomAct {
    public Replace {
      TrustStatement.requireLabel(label);
      requireTwo(room, by);
    }
  }

  /**
   * Nothing is sealed for a room's keys any more, and nothing counts that they sign, for good,
   * whether the room is known yet or not.
   *
   * @param reason as that of {@link TrustStatement.Revoke}
   */
  record Revoke(ControlRoomIdentity room, String reason) implements RoomAct {
    public Revoke {
      TrustStatement.requireReason(reason);
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  private static void requireTwo(ControlRoomIdentity room, ControlRoomIdentity by) {
    if (room.sharesKeyWith(by)) {
      throw new IllegalArgumentException(
          "a control room takes the place of another one, and has no key in common with it");
    }
  }
}
