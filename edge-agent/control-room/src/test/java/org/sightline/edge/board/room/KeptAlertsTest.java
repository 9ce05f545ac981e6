package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/** What a board shows of the alerts that it finds in its data folder. */
class KeptAlertsTest {
  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  @AutoClose private Database database;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
  }

  private List<OpenAlert> shownAfterARestart(ReceivedAlert content, byte[] event) throws Exception {
    AlertShelf shelf = new AlertShelf(database, keys);
    Instant now = Instant.now();
    shelf.add(
        OpenAlert.of(
            AlertShelf.opened(content, keys).taken().orElseThrow(),
            event.length,
            now,
            now.plus(Duration.ofHours(1))),
        event);
    List<OpenAlert> shown = new ArrayList<>();
    ControlRoom.open(
            Shelves.in(database, keys, Clock.systemUTC()),
            keys,
            new VanMessages(VanIdentities.NONE, Clock.systemUTC()),
            false,
            Bounds.USUAL,
            Clock.systemUTC(),
            new Silence())
        .look(situation -> shown.addAll(situation.alerts()));
    return shown;
  }

  @Test
  void oneThatWasSignedIsShown() throws Exception {
    Alert alert = Alerts.about("S-1");
    byte[] event = Alerts.event(alert, keys.identity());

    assertThat(shownAfterARestart(ReceivedAlert.parse(event).asSigned(), event))
        .extracting(OpenAlert::id)
        .containsExactly(alert.id());
  }

  /** As a version kept it that did not ask for signatures. */
  @Test
  void aLiveOneThatNobodyHadSignedIsNot() throws Exception {
    byte[] event = Alerts.event(Alerts.about("S-1"), keys.identity());

    assertThat(shownAfterARestart(ReceivedAlert.parse(event), event)).isEmpty();
  }
}
