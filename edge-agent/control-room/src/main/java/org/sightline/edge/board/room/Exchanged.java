package org.sightline.edge.board.room;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.publish.RoomTopic;

/** What one board of a control room says to the others. */
public sealed interface Exchanged {
  UUID alert();

  /** The officer whom it is about. */
  Actor officer();

  /** The kind of message that it is. */
  RoomTopic topic();

  /** Whether it says more than that somebody is there: such a message takes no other's place. */
  default boolean isAboutAClaim() {
    return false;
  }

  /** What an officer finds an alert to be, before that is an outcome. */
  record Proposal(UUID alert, Finding finding) implements Exchanged {
    public Proposal {
      Objects.requireNonNull(alert);
      Objects.requireNonNull(finding);
    }

    @Override
    public Actor officer() {
      return finding.by();
    }

    @Override
    public RoomTopic topic() {
      return RoomTopic.PROPOSALS;
    }
  }

  /**
   * What an officer does about an alert. It is of use for {@link RoomExchange#FRESH} alone and is
   * said again while it is so.
   *
   * @param to who is handed the alert; null otherwise
   * @param turn how often the claim has gone from one officer to another; the higher one counts
   */
  record Presence(UUID alert, Actor officer, Act act, @Nullable Actor to, int turn)
      implements Exchanged {
    /** What it is. */
    public enum Act {
      LOOKS,
      LEAVES,
      CLAIMS,
      RELEASES,
      HANDS_OVER
    }

    public Presence {
      Objects.requireNonNull(alert);
      Objects.requireNonNull(officer);
      if ((act == Act.HANDS_OVER) != (to != null)) {
        throw new IllegalArgumentException("what is handed over, and that alone, is to somebody");
      }
      if (turn < 0) {
        throw new IllegalArgumentException("a claim begins with turn 0");
      }
    }

    @Override
    public RoomTopic topic() {
      return RoomTopic.PRESENCE;
    }

    @Override
    public boolean isAboutAClaim() {
      return act != Act.LOOKS && act != Act.LEAVES;
    }
  }
}
