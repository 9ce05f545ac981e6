package org.sightline.edge.board.room;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.board.room.Van.State;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.ShownText;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.PublishedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vans that have been heard of. Not thread-safe. */
final class Vans {
  private static final Logger LOG = LoggerFactory.getLogger(Vans.class);

  /** A van says every 30 s that it is there: this is three times nothing. */
  static final Duration SILENCE = Duration.ofSeconds(90);

  /** More are no fleet but somebody who makes names up. */
  private static final int MOST = 1000;

  private static final int MOST_ALARMS = 32;
  private static final int MOST_CAMERAS = 64;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final JsonMapper JSON = new JsonMapper();

  private final TreeMap<String, Van> vans = new TreeMap<>();
  private final String room;

  /**
   * @param room the key that alerts are sealed for where this board is to read them
   */
  Vans(String room) {
    this.room = room;
  }

  Optional<Van> find(VanId van) {
    return Optional.ofNullable(vans.get(van.value()));
  }

  List<Van> all() {
    return List.copyOf(vans.values());
  }

  /**
   * A status message.
   *
   * @param retained whether the broker has kept it, so that it is no sign of life
   * @param log how far the van has published its audit log, if it has
   * @return how the van stands now; empty if this is no status of that van
   */
  Optional<Van> status(
      VanId van, byte[] message, boolean retained, @Nullable PublishedLog log, Instant now) {
    Van before = vans.get(van.value());
    if (before == null && vans.size() >= MOST) {
      return Optional.empty();
    }
    try {
      JsonNode status = JSON.readTree(message);
      State said = said(status.required("state").stringValue(), before, retained);
      if (!status.required("van").stringValue().equals(van.value())) {
        return Optional.empty();
      }
      Van after =
          new Van(
              van,
              new Van.Presence(
                  said,
                  since(before, said, retained, now),
                  !retained || before == null || before.state() != said
                      ? now
                      : before.presence().heard(),
                  pause(status, retained, now)),
              new Van.Said(
                  Math.max(0, status.path("queued").asInt(0)),
                  alarms(status.path("alarms")),
                  cameras(status.path("cameras")),
                  version(status, before),
                  status.path("answersTests").asBoolean(false),
                  lapses(status, before, now),
                  status.has("sealsFor") && !status.required("sealsFor").stringValue().equals(room),
                  figures(status.path("figures"))),
              before == null ? 0 : before.notTaken(),
              log,
              before == null ? null : before.test());
      vans.put(van.value(), after);
      return Optional.of(after);
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Instant since(
      @Nullable Van before, State said, boolean retained, Instant now) {
    if (before == null) {
      return retained ? null : now;
    }
    return before.state() == said ? before.presence().since() : now;
  }

  private static State said(String word, @Nullable Van before, boolean retained) {
    State said =
        switch (word) {
          case "online" -> State.ONLINE;
          case "offline" -> State.OFFLINE;
          default -> throw new IllegalArgumentException("a van is online or offline");
        };
    if (said == State.OFFLINE || !retained) {
      return said;
    }
    // What the broker has kept is no sign of life.
    if (before == null) {
      return State.UNKNOWN;
    }
    return before.state() == State.OFFLINE ? State.UNKNOWN : before.state();
  }

  private static List<String> alarms(JsonNode node) {
    List<String> alarms = new ArrayList<>();
    for (JsonNode alarm : node) {
      String slug = alarm.stringValue();
      if (!SLUG.matcher(slug).matches() || alarms.size() >= MOST_ALARMS) {
        throw new IllegalArgumentException("not a list of alarms");
      }
      alarms.add(slug);
    }
    return alarms;
  }

  /** Which cameras have alarms. An older van does not say. */
  private static List<Van.Camera> cameras(JsonNode node) {
    List<Van.Camera> cameras = new ArrayList<>();
    for (JsonNode camera : node) {
      String id = new CameraId(camera.required("id").stringValue()).value();
      List<String> alarms = alarms(camera.path("alarms"));
      if (!alarms.isEmpty() && cameras.size() < MOST_CAMERAS) {
        cameras.add(new Van.Camera(id, alarms));
      }
    }
    return cameras;
  }

  /** What is no number is not known: the van is heard all the same. */
  private static Van.@Nullable Figures figures(JsonNode node) {
    if (node.isMissingNode()) {
      return null;
    }
    List<Van.Rate> cameras = new ArrayList<>();
    for (JsonNode camera : node.path("cameras")) {
      if (cameras.size() < MOST_CAMERAS) {
        cameras.add(
            new Van.Rate(
                new CameraId(camera.required("id").stringValue()).value(),
                number(camera.path("framesPerSecond")),
                number(camera.path("searchedSecondsAgo"))));
      }
    }
    JsonNode free = node.path("diskFreeMib");
    return new Van.Figures(
        cameras, free.canConvertToLong() ? free.longValue() : null, number(node.path("celsius")));
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : null;
  }

  /**
   * Whether it is paused. Times of a van are compared with each other, unless the broker has kept
   * its message, nobody knows for how long.
   */
  private static Van.@Nullable Pause pause(JsonNode status, boolean retained, Instant now) {
    JsonNode paused = status.path("paused");
    if (paused.isMissingNode()) {
      return null;
    }
    String reason = paused.required("reason").stringValue();
    if (!SLUG.matcher(reason).matches()) {
      throw new IllegalArgumentException("not a reason of a pause");
    }
    Instant since = instant(paused.required("since"));
    boolean comparable = !retained && status.has("at");
    return new Van.Pause(
        comparable ? now.minus(Duration.between(since, instant(status.required("at")))) : since,
        reason);
  }

  /**
   * When an urgent authorisation lapses, or that it has: a van that has come so far by its own
   * clock says it no more, until it starts again.
   */
  private static @Nullable Instant lapses(JsonNode status, @Nullable Van before, Instant now) {
    if (status.has("lapses")) {
      return instant(status.required("lapses"));
    }
    Instant said = before == null ? null : before.said().lapses();
    boolean over =
        said != null
            && !(status.has("at") ? instant(status.required("at")) : now).isBefore(said)
            && (!status.has("since")
                || !instant(status.required("since")).isAfter(said)
                || status.required("state").stringValue().equals("offline"));
    return over ? said : null;
  }

  private static Instant instant(JsonNode node) {
    try {
      return Instant.parse(node.stringValue());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a time", e);
    }
  }

  /** A van that is offline no longer says what it was. */
  private static @Nullable String version(JsonNode status, @Nullable Van before) {
    if (!status.has("version")) {
      return before == null ? null : before.said().version();
    }
    return ShownText.VERSION.require(status.required("version").stringValue());
  }

  /**
   * Anything else that a van has published, which is a sign of life too.
   *
   * @return how it stands, if that is another way than before
   */
  Optional<Van> alive(VanId van, Instant now) {
    Van before = vans.get(van.value());
    if (before == null) {
      return Optional.empty();
    }
    Van after = before.heardAt(now);
    if (before.state() == State.SILENT || before.state() == State.UNKNOWN) {
      after = after.in(State.ONLINE, now);
    }
    vans.put(van.value(), after);
    return after.state() == before.state() ? Optional.empty() : Optional.of(after);
  }

  /**
   * An alert of a van is not kept, because there are too many; empty if nothing was heard of it.
   */
  Optional<Van> notTaken(VanId van) {
    Van after = vans.computeIfPresent(van.value(), (name, before) -> before.withOneNotTaken());
    if (after == null || Integer.bitCount(after.notTaken()) == 1) {
      LOG.warn(
          "{} has more alerts open than the board keeps; {} were not taken",
          van,
          after == null ? 1 : after.notTaken());
    }
    return Optional.ofNullable(after);
  }

  /** Whether a van is there, as far as is known. */
  boolean isOnline(VanId van) {
    Van known = vans.get(van.value());
    return known != null && known.state() == State.ONLINE;
  }

  /** A van's log is another than before; empty if nothing was heard of the van yet. */
  Optional<Van> log(VanId van, PublishedLog log) {
    return Optional.ofNullable(
        vans.computeIfPresent(van.value(), (name, before) -> before.withLog(log)));
  }

  /** A van was asked for a test alert, or that has come further; empty if it is not known. */
  Optional<Van> tested(VanId van, VanTest test) {
    return Optional.ofNullable(
        vans.computeIfPresent(van.value(), (name, before) -> before.withTest(test)));
  }

  /** Those that have just fallen silent. */
  List<Van> fallenSilent(Instant now) {
    List<Van> fallen = new ArrayList<>();
    for (Van van : all()) {
      boolean expected = van.state() == State.ONLINE || van.state() == State.UNKNOWN;
      if (expected && !now.isBefore(van.presence().heard().plus(SILENCE))) {
        Van silent = van.in(State.SILENT, now);
        vans.put(van.van().value(), silent);
        fallen.add(silent);
      }
    }
    return fallen;
  }
}
