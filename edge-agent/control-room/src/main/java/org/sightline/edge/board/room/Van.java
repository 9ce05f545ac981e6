package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.PublishedLog;

/**
 * How a van stands. Immutable.
 *
 * @param queued alerts that wait in it
 * @param alarms slugs
 * @param cameras those that have an alarm, as far as the van has said which
 * @param notTaken alerts of it that were not kept, because it has more open than the board keeps
 * @param version of its software; null while it has not said
 * @param log how far it has published its audit log; null while it has not said
 */
public record Van(
    VanId van,
    Presence presence,
    int queued,
    List<String> alarms,
    List<Camera> cameras,
    int notTaken,
    @Nullable String version,
    @Nullable PublishedLog log) {

  /** How a van is there. */
  public enum State {
    /** The broker has kept that it was online; nothing has been heard of it here yet. */
    UNKNOWN,
    ONLINE,
    OFFLINE,
    /** The broker believes that it is there, but it says nothing. */
    SILENT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whether a van is there.
   *
   * @param since when it came to stand so, by this board's clock; null if that was before this
   *     board heard of it
   * @param heard when it last said anything, by this board's clock
   * @param pause null unless its deployment is paused, as far as it has said
   */
  public record Presence(
      State state, @Nullable Instant since, Instant heard, @Nullable Pause pause) {}

  /**
   * An interruption of capture: the van is there, and has no camera open.
   *
   * @param since by this board's clock
   * @param reason a slug
   */
  public record Pause(Instant since, String reason) {}

  /**
   * A camera that has an alarm.
   *
   * @param alarms slugs
   */
  public record Camera(String id, List<String> alarms) {
    public Camera {
      alarms = List.copyOf(alarms);
    }
  }

  public Van {
    alarms = List.copyOf(alarms);
    cameras = List.copyOf(cameras);
  }

  public State state() {
    return presence.state();
  }

  Van in(State other, Instant now) {
    Instant since = state() == other ? presence.since() : now;
    return with(new Presence(other, since, presence.heard(), presence.pause()));
  }

  Van heardAt(Instant now) {
    return with(new Presence(state(), presence.since(), now, presence.pause()));
  }

  private Van with(Presence other) {
    return new Van(van, other, queued, alarms, cameras, notTaken, version, log);
  }

  Van withOneNotTaken() {
    return new Van(van, presence, queued, alarms, cameras, notTaken + 1, version, log);
  }

  Van withLog(PublishedLog other) {
    return new Van(van, presence, queued, alarms, cameras, notTaken, version, other);
  }
}
