package org.sightline.edge.board;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sightline.edge.app.Board;
import org.sightline.edge.board.login.Officers;
import org.sightline.edge.board.login.PasswordHash;
import org.sightline.edge.config.BoardSettings;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.fieldtest.LoopbackBroker;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SteppedClock;

/** A control room: a broker, a board on it with two officers, and vans that send to it. */
final class RunningBoard implements AutoCloseable {
  static final String OFFICER = "4417";
  static final String SECOND_OFFICER = "2093";
  static final String PASSWORD = "a long drawn password";

  private static final PasswordHash HASH = PasswordHash.of(PASSWORD.toCharArray());
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Path folder;
  private final DrawnFaces faces;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final LoopbackBroker broker;
  private final Board board;

  private RunningBoard(Path folder, DrawnFaces faces, boolean twoPerson) throws Exception {
    this.folder = folder;
    this.faces = faces;
    broker = Mosquitto.open();
    open.push(broker);
    broker.start();
    Path keyFile = folder.resolve("controlroom.keys");
    keys.writeTo(keyFile);
    admit(OFFICER);
    admit(SECOND_OFFICER);
    board =
        Board.start(
            new BoardSettings(
                "Control room North",
                new BoardSettings.Listen("127.0.0.1", 0),
                null,
                new KeyFile(keyFile, false),
                Files.createDirectories(folder.resolve("board")),
                users(),
                twoPerson,
                BrokerSettings.plain(broker.uri())),
            clock);
    open.push(board);
    if (!board.awaitBroker(SOON)) {
      throw new IllegalStateException("the board does not hear the broker");
    }
  }

  /** One where a single officer closes an alert. */
  static RunningBoard in(Path folder, DrawnFaces faces) throws Exception {
    return new RunningBoard(folder, faces, false);
  }

  /** One where two officers have to agree. */
  static RunningBoard forTwo(Path folder, DrawnFaces faces) throws Exception {
    return new RunningBoard(folder, faces, true);
  }

  private Path users() {
    return folder.resolve("users.json");
  }

  private void admit(String officer) throws CryptoException {
    Officers.readOrNone(users()).put(officer, HASH);
  }

  /** Takes an officer's login away. */
  void dismiss(String officer) throws CryptoException {
    Officers.read(users()).remove(officer);
  }

  /** A van that seals its alerts for this control room. */
  SendingVan van(String name) throws Exception {
    return van(name, keys);
  }

  /** A van that seals its alerts for another one. */
  SendingVan strayVan(String name) throws Exception {
    return van(name, ControlRoomKeys.generate());
  }

  private SendingVan van(String name, ControlRoomKeys sealedFor) throws Exception {
    SendingVan van =
        new SendingVan(
            BrokerSettings.plain(broker.uri()), name, sealedFor.identity(), faces);
    open.push(van);
    return van;
  }

  /** Lets time pass for the board alone. */
  void letPass(Duration time) {
    clock.shift(time);
  }

  URI uri() {
    return board.uri();
  }

  LoopbackBroker broker() {
    return broker;
  }

  ControlRoomKeys keys() {
    return keys;
  }

  @Override
  public void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
