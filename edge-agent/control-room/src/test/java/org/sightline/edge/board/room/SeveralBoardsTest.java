package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/** Two boards of one control room judge the same alert. */
class SeveralBoardsTest {
  private static final Finding FALSE_HERE = new Finding(Outcome.FALSE, Actor.officer("1234"));

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  @AutoClose private Database database;
  private ControlRoom room;
  private UUID alert;

  @BeforeEach
  void anAlertIsOpen(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    VanIdentities identities = VanIdentities.in(folder);
    room =
        ControlRoom.open(
            new AlertShelf(database, keys),
            new LogShelf(database),
            keys,
            new VanMessages(identities, Clock.systemUTC()),
            false,
            Bounds.USUAL,
            Clock.systemUTC(),
            new Silence());
    Alert raised = Alerts.about("S-1");
    alert = raised.id();
    assertThat(
            room.alert(
                van(), Alerts.signed(Alerts.event(raised, keys.identity())), Duration.ofHours(1)))
        .isTrue();
  }

  private static VanId van() {
    return Alerts.VAN;
  }

  private byte[] anotherBoardSays(Outcome outcome) {
    return new OutcomeMessage(alert, outcome, Actor.officer("5678"), null, Instant.now())
        .sign(keys);
  }

  private OpenAlert now() {
    List<OpenAlert> all = new ArrayList<>();
    room.look(situation -> all.addAll(situation.alerts()));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void whatTheBrokerPassesOnFirstStandsAndWhatWasSaidHereIsNotForgotten() {
    room.judge(alert, FALSE_HERE);

    room.outcome(van(), anotherBoardSays(Outcome.TRUE));

    assertThat(now().judgement().findings())
        .containsExactly(new Finding(Outcome.TRUE, Actor.officer("5678")));
    assertThat(now().judgement().late()).containsExactly(FALSE_HERE);
  }

  @Test
  void ownOutcomesThatComeBackAreNotLate() {
    room.judge(alert, FALSE_HERE);
    byte[] own = room.unsent().get(0).message().sign(keys);

    room.outcome(van(), own);

    assertThat(now().judgement().late()).isEmpty();
  }
}
