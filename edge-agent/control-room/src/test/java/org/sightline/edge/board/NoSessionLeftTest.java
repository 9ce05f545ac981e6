package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.web.EventStreams;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.PageFiles;
import org.sightline.edge.web.PageServer;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Sessions;

/** A page at which as many are logged in as may be. */
class NoSessionLeftTest {
  private static final String WRONG = "incorrect horse battery staple";

  @AutoClose private PageServer page;
  private Officer inside;

  @BeforeEach
  void oneIsLoggedInAndNoOtherMayBe(@TempDir Path folder) throws Exception {
    Officers officers = Officers.readOrNone(folder.resolve("users.json"));
    officers.put(RunningBoard.FIRST, RunningBoard.HASH, Role.OFFICER);
    officers.put(RunningBoard.SECOND, RunningBoard.HASH, Role.OFFICER);
    Clock clock = Clock.systemUTC();
    Sessions sessions = new Sessions(officers, new NoRecord(), clock, 1);
    page =
        PageServer.start(
            new ListenAddress("127.0.0.1", 0),
            null,
            null,
            sessions,
            new EventStreams(sessions),
            new PageFiles(BoardRoutes.class, "page"),
            List.of(),
            clock);
    inside = new Officer(page.uri());
    inside.login(RunningBoard.FIRST, RunningBoard.PASSWORD);
  }

  private static String where(HttpResponse<?> answer) {
    return answer.statusCode() + " " + answer.headers().firstValue("Location").orElse("");
  }

  @Test
  void aRightPasswordIsNotCalledWrong() throws Exception {
    assertThat(where(new Officer(page.uri()).login(RunningBoard.SECOND, RunningBoard.PASSWORD)))
        .isEqualTo("303 /login?full#full");
  }

  @Test
  void aWrongPasswordIs() throws Exception {
    assertThat(where(new Officer(page.uri()).login(RunningBoard.SECOND, WRONG)))
        .isEqualTo("303 /login?failed#failed");
  }

  @Test
  void aPageThatLogsItsOfficerInAgainIsAnsweredInAWord() throws Exception {
    Officer outside = new Officer(page.uri());

    HttpResponse<byte[]> answer =
        outside.send(
            outside
                .form("/login", "officer", RunningBoard.SECOND, "password", RunningBoard.PASSWORD)
                .header("Accept", "application/json"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("full");
  }

  @Test
  void whoIsLoggedInTakesTheirOwnPlaceAgain() throws Exception {
    assertThat(where(inside.login(RunningBoard.FIRST, RunningBoard.PASSWORD))).isEqualTo("303 /");
  }

  @Test
  void theLoginPageHasWordsForIt() throws Exception {
    assertThat(new String(new Officer(page.uri()).get("/login").body(), UTF_8))
        .contains("id=\"full\"")
        .contains("Too many sessions are open here.");
  }
}
