package org.sightline.edge.board.room;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.publish.RoomTopic;

/** What one board of a control room says to the others. */
public sealed interface Exchanged {
  /** The kind of message that it is. */
  RoomTopic topic();

  /**
   * What it is about: it takes the place of what was said before about the same and waits still.
   */
  Object about();

  /** What an officer finds an alert to be, before that is an outcome. */
  record Proposal(UUID alert, Finding finding) implements Exchanged {
    public Proposal {
      Objects.requireNonNull(alert);
      Objects.requireNonNull(finding);
    }

    public Actor officer() {
      return finding.by();
    }

    @Override
    public RoomTopic topic() {
      return RoomTopic.PROPOSALS;
    }

    @Override
    public Object about() {
      return List.of(alert, officer());
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

    /** That somebody is there takes no place of what is said of a claim. */
    @Override
    public Object about() {
      return List.of(alert, officer, act != Act.LOOKS && act != Act.LEAVES);
    }
  }

  /**
   * Which desk a board is. It is said again while it is so.
   *
   * @param attended whether somebody is at a page of it
   */
  record DeskHere(String desk, boolean attended) implements Exchanged {
    public DeskHere {
      Desks.requireName(desk);
    }

    @Override
    public RoomTopic topic() {
      return RoomTopic.PRESENCE;
    }

    @Override
    public Object about() {
      return desk;
    }
  }

  /**
   * Nobody has claimed an alert at a desk: its second desk is asked, or confirms that it has it
   * before it. Either is said again while it is so.
   *
   * @param shown whether the second desk confirms it
   */
  record Escalation(UUID alert, String from, String to, boolean shown) implements Exchanged {
    public Escalation {
      Objects.requireNonNull(alert);
      Desks.requireName(from);
      Desks.requireName(to);
    }

    @Override
    public RoomTopic topic() {
      return RoomTopic.PRESENCE;
    }

    @Override
    public Object about() {
      return this;
    }
  }

  /**
   * An officer in the street goes to the person of an alert, or does not after all. That one goes
   * is said again while it is so.
   *
   * @param stopped whether the officer has the person stopped
   */
  record Taking(UUID alert, Actor officer, boolean goes, boolean stopped) implements Exchanged {
    public Taking {
      Objects.requireNonNull(alert);
      Objects.requireNonNull(officer);
    }

    @Override
    public RoomTopic topic() {
      return RoomTopic.PRESENCE;
    }

    @Override
    public Object about() {
      return List.of(alert, officer);
    }
  }
}
