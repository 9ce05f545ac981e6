package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SteppedClock;

/** A log that is never deleted, and somebody who sends test alerts in a loop. */
class RoomLogTest {
  private static final Actor OFFICER = Actor.officer("1234");

  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  @AutoClose private Database database;
  private RoomLog log;

  @BeforeEach
  void aLoopOfTestAlerts(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    log = new RoomLog(database, clock);
    for (int i = 0; i < RoomLog.MOST_TESTS + 500; i++) {
      log.tested(OFFICER, i % 7);
    }
    log.tested(Actor.officer("5678"), 1);
  }

  private List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    AuditLog.<RuntimeException>forEachLine(database, line -> lines.add(new String(line, UTF_8)));
    return lines;
  }

  @Test
  void theFirstOfAnHourHaveARecordEach() throws Exception {
    assertThat(lines()).hasSize(RoomLog.MOST_TESTS);
  }

  @Test
  void ofEachOfficerOneRecordSaysHowManyMoreThereWere() throws Exception {
    clock.shift(Duration.ofHours(1));
    log.sweep();
    log.sweep();

    List<String> more = lines().subList(RoomLog.MOST_TESTS, lines().size());
    assertThat(more).hasSize(2);
    assertThat(more.get(0)).contains("officer:1234", "test-alert", "\"more\":\"500\"");
    assertThat(more.get(1)).contains("officer:5678", "test-alert", "\"more\":\"1\"");
  }

  @Test
  void theNextHourHasRecordsOfItsOwn() throws Exception {
    clock.shift(Duration.ofHours(1));
    log.tested(OFFICER, 3);

    assertThat(lines()).last().asString().contains("\"vans\":\"3\"");
  }
}
