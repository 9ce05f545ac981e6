package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a board and its second desk share at a moment. Immutable.
 *
 * @param second null if the board has none
 * @param alerts that are due there, or that came from a first desk
 */
public record Escalations(@Nullable Second second, List<Escalated> alerts) {
  /** Nothing. */
  static final Escalations NONE = new Escalations(null, List.of());

  public Escalations {
    alerts = List.copyOf(alerts);
  }

  /**
   * How the second desk is there.
   *
   * @param connected whether its board has been heard within {@link SecondDesk#LASTS}
   * @param attended whether somebody was at a page of it then
   * @param since when it came to stand so, by this board's clock
   */
  public record Second(String desk, boolean connected, boolean attended, Instant since) {}

  /**
   * One alert.
   *
   * @param desk the other one
   * @param since when it came to stand so, by this board's clock
   */
  public record Escalated(UUID alert, State state, String desk, Instant since) {}

  /** How far it has come. */
  public enum State {
    /** It is due at the second desk, which has not confirmed that it has it. */
    UNCONFIRMED,
    /** The second desk has confirmed it. */
    THERE,
    /** This is the second desk, and the other one the first. */
    HERE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
