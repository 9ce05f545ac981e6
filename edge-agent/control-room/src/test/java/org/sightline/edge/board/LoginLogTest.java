package org.sightline.edge.board;

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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SteppedClock;
import org.sightline.edge.web.login.LoginLog;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Sessions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who logged in and out, in the log that an auditor reads. */
@Execution(ExecutionMode.CONCURRENT)
class LoginLogTest {
  private static final String WRONG = "incorrect horse battery staple";

  @AutoClose private RunningBoard room;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    room = RunningBoard.in(folder);
  }

  private static List<String> log(Database database) throws Exception {
    List<String> lines = new ArrayList<>();
    AuditLog.<RuntimeException>forEachLine(
        database,
        line -> {
          JsonNode record = new JsonMapper().readTree(line);
          lines.add(
              record.required("actor").stringValue()
                  + " "
                  + record.required("event").stringValue()
                  + " "
                  + record.required("details"));
        });
    return lines;
  }

  private List<String> log() throws Exception {
    try (Database database = Database.open(room.database(), Schema.BOARD)) {
      return log(database);
    }
  }

  @Test
  void eachRoleThatLogsInAndOutIsRecorded() throws Exception {
    room.officer().logout();
    room.officer(RunningBoard.SUPERVISOR);
    room.officer("street-1", Role.STREET);
    room.officer("auditor-1", Role.AUDITOR);

    assertThat(log())
        .containsExactly(
            "agent board-started {}",
            "officer:1234 logged-in {\"role\":\"officer\"}",
            "officer:1234 logged-out {\"reason\":\"logout\"}",
            "officer:inspector-1 logged-in {\"role\":\"supervisor\"}",
            "officer:street-1 logged-in {\"role\":\"street\"}",
            "officer:auditor-1 logged-in {\"role\":\"auditor\"}");
  }

  @Test
  void aLoginThatFailedNamesTheOfficerItWasTriedAsAndNothingThatWasTyped() throws Exception {
    room.stranger().login(RunningBoard.FIRST, WRONG);
    room.stranger().login(RunningBoard.PASSWORD, "a password in the wrong field");

    assertThat(log())
        .containsExactly(
            "agent board-started {}",
            "agent login-failed {\"as\":\"1234\"}",
            "agent login-failed {}");
  }

  @Test
  void aSessionThatEndsByItselfIsRecordedOnceWithTheReason() throws Exception {
    Officer officer = room.officer();
    room.clock.shift(Sessions.IDLE);
    officer.get("/api/session");
    officer.get("/api/session");

    assertThat(log())
        .contains("officer:1234 logged-out {\"reason\":\"unattended\"}")
        .filteredOn(line -> line.contains("logged-out"))
        .hasSize(1);
  }

  @Test
  void anOfficerWhoIsRemovedIsLoggedOut() throws Exception {
    Officer officer = room.officer();
    room.officers().remove(RunningBoard.FIRST);
    officer.get("/api/session");

    assertThat(log()).contains("officer:1234 logged-out {\"reason\":\"password-changed\"}");
  }

  @Test
  void whoLogsInAgainEndsTheSessionOfBefore() throws Exception {
    Officer officer = room.officer();
    officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);

    assertThat(log()).contains("officer:1234 logged-out {\"reason\":\"logged-in-again\"}");
  }

  @Test
  void guessingForHoursFillsNoDiskAndHidesNobodyWhoWasGuessedAt() throws Exception {
    SteppedClock clock = new SteppedClock(Clock.systemUTC());
    try (Database database = Database.open(folder.resolve("other.db"), Schema.BOARD)) {
      LoginLog logins = new LoginLog(database, clock);
      for (int i = 0; i < LoginLog.MOST_FAILED + 500; i++) {
        logins.failed("1234");
      }
      logins.failed("5678");
      logins.failed();
      assertThat(log(database)).hasSize(LoginLog.MOST_FAILED);

      clock.shift(Duration.ofHours(1));
      logins.sweep();
      logins.sweep();

      assertThat(log(database))
          .hasSize(LoginLog.MOST_FAILED + 3)
          .endsWith(
              "agent login-failed {\"as\":\"1234\",\"more\":\"500\"}",
              "agent login-failed {\"as\":\"5678\",\"more\":\"1\"}",
              "agent login-failed {\"more\":\"1\"}");
    }
  }

  @Test
  void aLoginForWhichThereIsNoSessionLeftIsRecorded() throws Exception {
    try (Database database = Database.open(folder.resolve("other.db"), Schema.BOARD)) {
      Sessions sessions =
          new Sessions(
              room.officers(), new LoginLog(database, Clock.systemUTC()), Clock.systemUTC(), 1);
      sessions.begin(RunningBoard.FIRST, RunningBoard.PASSWORD.toCharArray(), null);

      sessions.begin(RunningBoard.SECOND, RunningBoard.PASSWORD.toCharArray(), null);

      assertThat(log(database))
          .containsExactly(
              "officer:1234 logged-in {\"role\":\"officer\"}",
              "officer:" + RunningBoard.SECOND + " login-failed {\"reason\":\"sessions-full\"}");
    }
  }

  @Test
  void whatIsNotRecordedYetIsWhenTheBoardEnds() throws Exception {
    try (Database database = Database.open(folder.resolve("other.db"), Schema.BOARD)) {
      LoginLog logins = new LoginLog(database, Clock.systemUTC());
      for (int i = 0; i < LoginLog.MOST_FAILED + 2; i++) {
        logins.failed();
      }

      logins.recordMore();

      assertThat(log(database)).last().isEqualTo("agent login-failed {\"more\":\"2\"}");
    }
  }

  @Test
  void whatAnOfficerAcknowledgesIsRecorded() throws Exception {
    try (Events events = room.officer().watch()) {
      room.sendAsIs(org.sightline.edge.publish.Alerts.VAN, "{}".getBytes(UTF_8));
      events.next("refused", all -> !all.required("refused").isEmpty());
    }
    room.officer().posts("/api/refused", "");

    assertThat(log()).contains("officer:1234 refusals-acknowledged {\"messages\":\"1\"}");
  }
}
