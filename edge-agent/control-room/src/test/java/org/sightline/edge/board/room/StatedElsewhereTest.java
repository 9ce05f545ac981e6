package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementMessage.Correction;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SteppedClock;

/** What another board states of an alert that never came to this one. */
class StatedElsewhereTest {
  private static final Actor OFFICER = Actor.officer("5678");

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private final UUID alert = UUID.randomUUID();
  private VanMessages messages;
  @AutoClose private Database database;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    messages = new VanMessages(VanIdentities.in(folder), clock);
  }

  private ControlRoom room() throws Exception {
    return ControlRoom.open(
        Shelves.in(database, keys, clock),
        keys,
        messages,
        false,
        Bounds.USUAL,
        clock,
        new Silence());
  }

  private EngagementMessage statement(@Nullable EngagementMessage corrected) {
    return new EngagementMessage(
        UUID.randomUUID(),
        alert,
        OFFICER,
        clock.instant(),
        Engagement.none(Engagement.Attempt.LOST),
        null,
        null,
        corrected == null ? null : new Correction(corrected.id(), false, null));
  }

  private List<Statement> kept() throws Exception {
    Engaged kept = Shelves.in(database, keys, clock).engaged().load(List.of(alert)).get(alert);
    return kept == null ? List.of() : kept.statements();
  }

  @Test
  void aCorrectionThatIsHeardAfterARestartFollowsWhatWasStatedBefore() throws Exception {
    ControlRoom before = room();
    before.outcome(
        Alerts.VAN,
        new OutcomeMessage(alert, Outcome.TRUE, OFFICER, null, clock.instant()).sign(keys));
    EngagementMessage first = statement(null);
    before.outcome(Alerts.VAN, first.sign(keys));
    EngagementMessage second = statement(first);

    room().outcome(Alerts.VAN, second.sign(keys));

    assertThat(kept())
        .extracting(statement -> statement.message().id())
        .containsExactly(first.id(), second.id());
  }

  @Test
  void itLeavesTheMemoryWhenItExpires() throws Exception {
    Shelves shelves = Shelves.in(database, keys, clock);
    StreetDesk desk =
        new StreetDesk(
            shelves.engaged(),
            keys,
            messages,
            shelves.log(),
            new RoomExchange(keys, shelves.alerts().boardName(), clock),
            clock,
            changed -> {});
    OpenAlert unseen =
        new OpenAlert(
            alert,
            Alerts.VAN,
            null,
            0,
            clock.instant(),
            clock.instant().plus(Duration.ofHours(1)),
            Judgement.NONE,
            null);
    desk.heard(unseen, statement(null));
    assertThat(desk.of(unseen).statements()).hasSize(1);

    clock.shift(Duration.ofHours(1));
    desk.deleteExpired(clock.instant());

    assertThat(desk.of(unseen).statements()).isEmpty();
  }
}
