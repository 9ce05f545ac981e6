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
 * @param said what it says of itself
 * @param notTaken alerts of it that were not kept, because it has more open than the board keeps
 * @param log how far it has published its audit log; null while it has not said
 * @param test what became of the last test alert that it was asked for; null if it was not
 */
public record Van(
    VanId van,
    Presence presence,
    Said said,
    int notTaken,
    @Nullable PublishedLog log,
    @Nullable VanTest test) {

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
   * The status of a van.
   *
   * @param queued alerts that wait in it
   * @param alarms slugs
   * @param cameras those that have an alarm, as far as the van has said which
   * @param version of its software; null while it has not said
   * @param answersTests whether it raises a test alert if it is asked for one
   * @param lapses when its deployment ends unless a second authority confirms the urgent
   *     authorisation, or has ended so; null if that is not so
   * @param sealsElsewhere whether its alerts are sealed for another control room than this one
   * @param figures what it measured; null from an older van
   */
  public record Said(
      int queued,
      List<String> alarms,
      List<Camera> cameras,
      @Nullable String version,
      boolean answersTests,
      @Nullable Instant lapses,
      boolean sealsElsewhere,
      @Nullable Figures figures) {
    public Said {
      alarms = List.copyOf(alarms);
      cameras = List.copyOf(cameras);
    }
  }

  /**
   * What a van measured of itself; what is null is not known.
   *
   * @param celsius of the warmest sensor of its box
   */
  public record Figures(List<Rate> cameras, @Nullable Long diskFreeMib, @Nullable Double celsius) {
    public Figures {
      cameras = List.copyOf(cameras);
    }
  }

  /**
   * How the frames of a camera come.
   *
   * @param searchedSecondsAgo age of the newest one that was searched
   */
  public record Rate(
      String id, @Nullable Double framesPerSecond, @Nullable Double searchedSecondsAgo) {}

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
    return new Van(van, other, said, notTaken, log, test);
  }

  Van withOneNotTaken() {
    return new Van(van, presence, said, notTaken + 1, log, test);
  }

  Van withLog(PublishedLog other) {
    return new Van(van, presence, said, notTaken, other, test);
  }

  Van withTest(VanTest other) {
    return new Van(van, presence, said, notTaken, log, other);
  }
}
