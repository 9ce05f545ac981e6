package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.web.login.PasswordHash;

/** When a session ends, and what ends with it. */
@Execution(ExecutionMode.CONCURRENT)
class SessionTest {
  @TempDir Path folder;
  @AutoClose private RunningBoard room;

  @BeforeEach
  void start() throws Exception {
    room = RunningBoard.in(folder);
  }

  private Events watched(Officer officer) throws Exception {
    Events events = officer.watch();
    events.next("snapshot");
    return events;
  }

  @Test
  void whoIsAwayForAQuarterOfAnHourIsLoggedOut() throws Exception {
    Officer officer = room.officer();

    room.clock.shift(Duration.ofMinutes(15));

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void whoDoesSomethingNowAndThenStays() throws Exception {
    Officer officer = room.officer();
    room.clock.shift(Duration.ofMinutes(14));
    officer.get("/api/session");
    room.clock.shift(Duration.ofMinutes(14));

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test
  void anOpenPageIsPresence() throws Exception {
    Officer officer = room.officer();
    try (Events events = watched(officer)) {
      room.clock.shift(Duration.ofHours(11));

      assertThat(officer.get("/api/session").statusCode()).isEqualTo(200);
      assertThat(events.answer().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void twelveHoursAfterTheLoginEvenAnOpenPageEnds() throws Exception {
    try (Events events = watched(room.officer())) {
      room.clock.shift(Duration.ofHours(12));

      assertThat(events.ends()).isTrue();
    }
  }

  private void lock(Officer officer) throws Exception {
    assertThat(
            officer
                .send(
                    officer
                        .to("/api/lock")
                        .header("X-CSRF-Token", officer.csrf())
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void aLockedDeskHearsButShowsNoPictureAndRecordsNothing() throws Exception {
    UUID alert = room.alert("S-1");
    Officer officer = room.officer();
    try (Events events = watched(officer)) {
      lock(officer);

      assertThat(officer.get("/api/alerts/" + alert + "/probe").statusCode()).isEqualTo(423);
      assertThat(officer.judges(alert, "true").statusCode()).isEqualTo(423);
      UUID later = room.alert("S-2");
      assertThat(events.next("alert").required("id").stringValue()).isEqualTo(later.toString());
    }
  }

  @Test
  void theNextLoginUnlocksTheDesk() throws Exception {
    UUID alert = room.alert("S-1");
    Officer officer = room.officer();
    lock(officer);

    officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);

    assertThat(officer.judges(alert, "true").statusCode()).isEqualTo(200);
  }

  @Test
  void theLogoutEndsTheSession() throws Exception {
    Officer officer = room.officer();
    String cookie = officer.cookie();

    officer.logout();
    officer.take(cookie);

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void theLogoutEndsTheStream() throws Exception {
    Officer officer = room.officer();
    try (Events events = watched(officer)) {
      officer.logout();

      assertThat(events.ends()).isTrue();
    }
  }

  @Test
  void theLogoutLeavesTheSessionsOfOthers() throws Exception {
    Officer other = room.officer(RunningBoard.SECOND);

    room.officer().logout();

    assertThat(other.get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test
  void anOfficerWhoIsRemovedIsOut() throws Exception {
    Officer officer = room.officer();

    room.officers().remove(RunningBoard.FIRST);

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void theStreamOfAnOfficerWhoIsRemovedEnds() throws Exception {
    try (Events events = watched(room.officer())) {
      room.officers().remove(RunningBoard.FIRST);

      assertThat(events.ends()).isTrue();
    }
  }

  @Test
  void aNewPasswordEndsTheSessionsUnderTheOldOne() throws Exception {
    Officer officer = room.officer();

    room.officers()
        .put(RunningBoard.FIRST, PasswordHash.of("another password, please".toCharArray()));

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void aUsersFileThatCannotBeReadLetsNobodyIn() throws Exception {
    Officer officer = room.officer();

    Files.writeString(folder.resolve("users.json"), "{");

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(401);
  }
}
