package org.sightline.edge.cli.van;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.trust.ControlRooms;
import org.sightline.edge.trust.RoomStanding;
import org.sightline.edge.trust.Standing;
import org.sightline.edge.trust.Standing.Naming;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trust show}. */
@Command(
    name = "show",
    description = {
      "Shows whose keys count on this device, since when, until when and by whose word, and those"
          + " that were replaced or revoked.",
      "",
      "An authority of the settings, or the one that has taken its place, decides on keys; one that"
          + " was named does not. Of control rooms it shows those that statements are about: which one"
          + " holds where an authorisation names each."
    },
    footer = {"", "Example: sightline trust show --config /etc/sightline/agent.yaml"})
final class TrustShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  /** What {@code --json} prints. */
  record Output(List<Known> keys, List<Room> controlRooms) {}

  /**
   * A control room that statements are about.
   *
   * @param holds for which is sealed, where an authorisation names this one; null if for none
   * @param lines what the statements say
   */
  record Room(String key, @Nullable String holds, @JsonIgnore List<String> lines) {
    static Room of(RoomStanding standing, ControlRooms rooms, Instant now) {
      return new Room(
          standing.room().keyId(),
          rooms.holder(standing.room(), now).map(ControlRoomIdentity::keyId).orElse(null),
          lines(standing));
    }

    private static List<String> lines(RoomStanding standing) {
      List<String> lines = new ArrayList<>();
      standing
          .standIn()
          .ifPresent(
              given ->
                  lines.add(
                      given
                          .by()
                          .map(
                              room ->
                                  "from %s%s %s, %s has its place, by statement %s"
                                      .formatted(
                                          given.from(),
                                          given.until().map(end -> " until " + end).orElse(""),
                                          room.keyId(),
                                          given.label(),
                                          given.statement()))
                          .orElse(
                              "nobody stands in for it: those who signed statement %s are gone"
                                  .formatted(given.statement()))));
      standing
          .replaced()
          .ifPresent(
              by ->
                  lines.add(
                      "from %s on %s has its place, by statement %s"
                          .formatted(
                              by.at(),
                              by.by()
                                  .map(room -> room.keyId() + ", " + by.label())
                                  .orElse("nobody"),
                              by.statement())));
      standing
          .revoked()
          .ifPresent(
              gone ->
                  lines.add(
                      "was revoked at %s (%s), by statement %s"
                          .formatted(gone.at(), gone.reason(), gone.statement())));
      return lines;
    }
  }

  /**
   * A key.
   *
   * @param fault why it does not count now; null if it does
   * @param statement that named it; null if the settings do
   */
  record Known(
      String key,
      @Nullable String label,
      boolean decides,
      @Nullable String fault,
      @Nullable String from,
      @Nullable String until,
      @Nullable String statement) {
    static Known of(Standing standing, Instant now) {
      Optional<Naming> byStatement =
          standing.naming().filter(naming -> naming.statement().isPresent());
      return new Known(
          standing.key().fingerprint().hex(),
          standing.naming().flatMap(Naming::label).orElse(null),
          standing.decides(),
          standing.fault(now).orElse(null),
          byStatement.map(naming -> naming.from().toString()).orElse(null),
          standing.until().map(Instant::toString).orElse(null),
          byStatement.flatMap(Naming::statement).map(UUID::toString).orElse(null));
    }
  }

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      box.settle();
      List<Standing> all = box.deployments().trust().keys().all();
      ControlRooms rooms = box.deployments().trust().keys().rooms();
      Instant now = box.clock().instant();
      List<Room> shown = rooms.all().stream().map(each -> Room.of(each, rooms, now)).toList();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.print(
            out, new Output(all.stream().map(each -> Known.of(each, now)).toList(), shown));
      } else {
        all.forEach(each -> print(out, each, now));
        shown.forEach(each -> print(out, each));
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, Room room) {
    out.println("control room " + room.key());
    out.println(
        room.holds() == null
            ? "  where it is authorised, no control room holds: alerts wait"
            : "  where it is authorised, alerts are sealed for "
                + (room.key().equals(room.holds()) ? "it" : room.holds()));
    room.lines().forEach(line -> out.println("  " + line));
  }

  private static void print(PrintWriter out, Standing standing, Instant now) {
    out.println("authority " + standing.line());
    out.println(
        "  "
            + standing
                .fault(now)
                .orElse(standing.decides() ? "counts now, and decides on keys" : "counts now"));
    standing.naming().ifPresent(naming -> out.println("  " + line(naming)));
    standing
        .replaced()
        .ifPresent(
            replaced ->
                out.printf(
                    "  from %s on %s has its place, by statement %s%n",
                    replaced.at(), replaced.by().fingerprint().shortForm(), replaced.statement()));
    standing
        .revoked()
        .ifPresent(revoked -> out.println("  revoked by statement " + revoked.statement()));
  }

  private static String line(Naming naming) {
    return naming
        .statement()
        .map(
            id ->
                "from %s%s, by statement %s"
                    .formatted(
                        naming.from(), naming.until().map(end -> " until " + end).orElse(""), id))
        .orElse("by the settings");
  }
}
