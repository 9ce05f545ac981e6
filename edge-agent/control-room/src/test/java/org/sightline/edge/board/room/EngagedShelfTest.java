package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementMessage.Correction;
import org.sightline.edge.publish.EngagementReceipt.Result;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/** What is known of alerts in the street, after a restart. */
class EngagedShelfTest {
  private static final UUID ALERT = UUID.randomUUID();
  private static final Instant STATED = Instant.parse("2026-11-29T10:00:00Z");
  private static final Instant EXPIRES = STATED.plus(Duration.ofHours(1));

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  @AutoClose private Database database;
  private EngagedShelf shelf;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    shelf = new EngagedShelf(database, keys);
  }

  private static EngagementMessage lost(@Nullable EngagementMessage before) {
    return new EngagementMessage(
        UUID.randomUUID(),
        ALERT,
        Actor.officer("street-1"),
        STATED,
        Engagement.none(Attempt.LOST),
        null,
        null,
        before == null ? null : new Correction(before.id(), false, null));
  }

  @Test
  void howFarEachStatementHasComeIsKept() throws Exception {
    EngagementMessage first = lost(null);
    Engaged engaged =
        new Engaged(
            ALERT,
            EXPIRES,
            Actor.officer("street-1"),
            null,
            List.of(new Engaged.Yielded(Actor.officer("street-2"), STATED)),
            List.of(
                new Statement(first, true, Result.RECORDED),
                new Statement(lost(first), false, null)));

    shelf.keep(engaged);

    assertThat(shelf.load(List.of(ALERT))).containsEntry(ALERT, engaged);
  }

  /** As a board kept it that knew of the last statement alone how far it had come. */
  @Test
  void whatAnEarlierBoardKeptIsReadAndItsFirstStatementSentAgain() throws Exception {
    EngagementMessage first = lost(null);
    EngagementMessage second = lost(first);
    String statements =
        List.of(first, second).stream()
            .map(statement -> "\"" + new String(statement.sign(keys), US_ASCII) + "\"")
            .collect(Collectors.joining(","));
    String state = "{\"statements\":[" + statements + "],\"sent\":true,\"answer\":\"NOT_STORED\"}";
    database.update(
        "INSERT INTO engaged_alert (alert, expires_millis, state) VALUES (?, ?, ?)",
        ALERT,
        EXPIRES,
        keys.identity().seal(state.getBytes(US_ASCII)));

    assertThat(shelf.load(List.of(ALERT)).get(ALERT).statements())
        .containsExactly(
            new Statement(first, false, null), new Statement(second, true, Result.NOT_STORED));
  }
}
