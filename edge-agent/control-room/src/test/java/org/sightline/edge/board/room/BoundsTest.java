package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/** A van that sends more than anybody can look at. */
class BoundsTest {
  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private Path file;
  @AutoClose private Database database;

  private VanIdentities identities;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    file = folder.resolve("board.db");
    database = Database.open(file, Schema.BOARD);
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    identities = VanIdentities.in(folder);
  }

  private ControlRoom room(Bounds bounds) throws Exception {
    ControlRoom room =
        ControlRoom.open(
            Shelves.in(database, keys, Clock.systemUTC()),
            keys,
            new VanMessages(identities, Clock.systemUTC()),
            false,
            bounds,
            Clock.systemUTC(),
            new Silence());
    String online = "{\"van\":\"" + Alerts.VAN + "\",\"state\":\"online\"}";
    room.status(
        Alerts.VAN,
        Alerts.DEVICE.signMessage(VanStatus.SIGNED_TYPE, online.getBytes(StandardCharsets.UTF_8)),
        false);
    return room;
  }

  private UUID raise(ControlRoom room) {
    Alert alert = Alerts.about("S-1");
    room.alert(
        Alerts.VAN, Alerts.signed(Alerts.event(alert, keys.identity())), Duration.ofHours(1));
    return alert.id();
  }

  private static Situation now(ControlRoom room) {
    List<Situation> seen = new ArrayList<>();
    room.look(seen::add);
    return seen.get(0);
  }

  @Test
  void whatIsOverTheNumberIsNotTakenAndTheVanIsShownAsSuch() throws Exception {
    ControlRoom room = room(new Bounds(2, 1 << 30, 100, 1 << 30, 100, 100));

    for (int i = 0; i < 5; i++) {
      raise(room);
    }

    assertThat(now(room).alerts()).hasSize(2);
    assertThat(now(room).vans()).singleElement().extracting(Van::notTaken).isEqualTo(3);
  }

  @Test
  void whatNobodyHasSignedTakesNoPlaceOfALiveAlert() throws Exception {
    ControlRoom room = room(new Bounds(1, 1 << 30, 2, 1 << 30, 100, 100));
    for (int i = 0; i < 3; i++) {
      String event = new String(Alerts.event(Alerts.about("S-" + i)), StandardCharsets.UTF_8);
      room.alert(
          new VanId("made-up-" + i),
          event.replace(":\"van-1\"", ":\"made-up-" + i + "\"").getBytes(StandardCharsets.UTF_8),
          Duration.ofHours(1));
    }
    assertThat(now(room).alerts()).hasSize(2);

    UUID live = raise(room);

    assertThat(now(room).alerts()).extracting(OpenAlert::id).contains(live);
  }

  @Test
  void whatIsOverTheBytesIsNotTaken() throws Exception {
    ControlRoom room = room(new Bounds(100, 10, 100, 1 << 30, 100, 100));

    raise(room);

    assertThat(now(room).alerts()).isEmpty();
  }

  @Test
  void whatIsDoneWithMakesRoom() throws Exception {
    ControlRoom room = room(new Bounds(1, 1 << 30, 100, 1 << 30, 100, 100));
    UUID first = raise(room);
    room.judge(first, Outcome.FALSE, new Judge(Actor.officer("1234"), false));
    room.sent(first);

    UUID second = raise(room);

    assertThat(now(room).alerts()).extracting(OpenAlert::id).containsExactly(first, second);
  }

  @Test
  void whatIsKeptOverARestartCounts() throws Exception {
    raise(room(Bounds.USUAL));

    ControlRoom again = room(new Bounds(1, 1 << 30, 100, 1 << 30, 100, 100));
    raise(again);

    assertThat(now(again).alerts()).hasSize(1);
  }

  @Test
  void noPictureIsKeptInMemory() throws Exception {
    ControlRoom room = room(Bounds.USUAL);
    UUID alert = raise(room);

    assertThat(now(room).alerts().get(0).content().match().probe().jpeg().bytes()).isEmpty();
    assertThat(room.match(alert).probe().jpeg().bytes()).isNotEmpty();
  }
}
