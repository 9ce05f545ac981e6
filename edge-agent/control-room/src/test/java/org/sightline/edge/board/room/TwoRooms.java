package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.SteppedClock;

/** Two boards of one control room, without a broker: what one says comes to the other. */
final class TwoRooms implements AutoCloseable {
  final ControlRoomKeys keys = ControlRoomKeys.generate();
  final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  final List<Database> databases = new ArrayList<>();
  final ControlRoom north;
  final ControlRoom south;

  /** Whether they hear each other. */
  boolean connected = true;

  TwoRooms(Path folder) throws Exception {
    Path vans = Files.createDirectory(folder.resolve("vans"));
    Alerts.DEVICE.identity().writeTo(vans.resolve(Alerts.VAN + ".identity"));
    north = board(folder.resolve("north.db"), vans);
    south = board(folder.resolve("south.db"), vans);
  }

  private ControlRoom board(Path file, Path vans) throws Exception {
    Database database = Database.open(file, Schema.BOARD);
    databases.add(database);
    return ControlRoom.open(
        Shelves.in(database, keys, clock),
        keys,
        new VanMessages(VanIdentities.in(vans), clock),
        false,
        Bounds.USUAL,
        clock,
        new Silence());
  }

  /** An alert arrives at boards. */
  UUID arrives(Alert alert, ControlRoom... at) {
    byte[] message = Alerts.signed(Alerts.event(alert, keys.identity()));
    for (ControlRoom room : at) {
      assertThat(room.alert(Alerts.VAN, message, ControlRoomInbox.LONGEST_EXPIRY)).isTrue();
    }
    return alert.id();
  }

  /** What either board says comes to the other, and the answer back. */
  void exchange() {
    for (int i = 0; i < 2; i++) {
      List<RoomExchange.Message> toSouth = north.exchange().unsent();
      List<RoomExchange.Message> toNorth = south.exchange().unsent();
      if (connected) {
        toSouth.forEach(message -> south.exchanged(message.topic(), message.content()));
        toNorth.forEach(message -> north.exchanged(message.topic(), message.content()));
      }
    }
  }

  /** Time goes by, in seconds. */
  void pass(Duration time) {
    for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minusSeconds(1)) {
      clock.shift(Duration.ofSeconds(1));
      north.tick();
      south.tick();
      exchange();
    }
  }

  @Override
  public void close() throws StoreException {
    for (Database database : databases) {
      database.close();
    }
  }
}
