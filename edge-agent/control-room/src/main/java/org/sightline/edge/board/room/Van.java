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
 * @param since when it came to stand so, by this board's clock; null if that was before this board
 *     heard of it
 * @param heard when it last said anything, by this board's clock
 * @param queued alerts that wait in it
 * @param alarms slugs
 * @param notTaken alerts of it that were not kept, because it has more open than the board keeps
 * @param version of its software; null while it has not said
 * @param log how far it has published its audit log; null while it has not said
 */
public record Van(
    VanId van,
    State state,
    @Nullable Instant since,
    Instant heard,
    int queued,
    List<String> alarms,
    int notTaken,
    @Nullable String version,
    @Nullable PublishedLog log) {

  /** Whether a van is there. */
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

  public Van {
    alarms = List.copyOf(alarms);
  }

  Van in(State other, Instant now) {
    return new Van(
        van, other, state == other ? since : now, heard, queued, alarms, notTaken, version, log);
  }

  Van heardAt(Instant now) {
    return new Van(van, state, since, now, queued, alarms, notTaken, version, log);
  }

  Van withOneNotTaken() {
    return new Van(van, state, since, heard, queued, alarms, notTaken + 1, version, log);
  }

  Van withLog(PublishedLog other) {
    return new Van(van, state, since, heard, queued, alarms, notTaken, version, other);
  }
}
