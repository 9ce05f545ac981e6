package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.web.login.PasswordHash;

/** Who gets in, and how fast one may guess. */
@Execution(ExecutionMode.CONCURRENT)
class LoginTest {
  private static final String WRONG = "incorrect horse battery staple";

  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static String where(HttpResponse<?> answer) {
    return answer.statusCode() + " " + answer.headers().firstValue("Location").orElse("");
  }

  @Test
  void theRightPasswordLeadsToThePage() throws Exception {
    assertThat(where(room.stranger().login(RunningBoard.FIRST, RunningBoard.PASSWORD)))
        .isEqualTo("303 /");
  }

  @Test
  void whoHasLoggedInIsKnownByHisReference() throws Exception {
    assertThat(room.officer().json("/api/session").required("officer").stringValue())
        .isEqualTo(RunningBoard.FIRST);
  }

  @Test
  void theCookieIsForThisSiteAloneAndOutOfReachOfScripts() throws Exception {
    HttpResponse<?> answer = room.stranger().login(RunningBoard.FIRST, RunningBoard.PASSWORD);

    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .matches("sightline-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
  }

  @Test
  void aWrongPasswordLeadsBackToTheForm() throws Exception {
    assertThat(where(room.stranger().login(RunningBoard.FIRST, WRONG)))
        .isEqualTo("303 /login?failed#failed");
  }

  @Test
  void anUnknownOfficerIsAnsweredAsAWrongPasswordIs() throws Exception {
    assertThat(where(room.stranger().login("9999", RunningBoard.PASSWORD)))
        .isEqualTo("303 /login?failed#failed");
  }

  @Test
  void aFormWithoutAPasswordIsAFailedLogin() throws Exception {
    Officer stranger = room.stranger();

    assertThat(where(stranger.send(stranger.form("/login", "officer", RunningBoard.FIRST))))
        .isEqualTo("303 /login?failed#failed");
  }

  @Test
  void afterThreeFailuresEvenTheRightPasswordHasToWait() throws Exception {
    failThreeTimes();

    assertThat(where(room.stranger().login(RunningBoard.FIRST, RunningBoard.PASSWORD)))
        .isEqualTo("303 /login?wait#wait");
  }

  private void failThreeTimes() throws Exception {
    for (int i = 0; i < 3; i++) {
      room.stranger().login(RunningBoard.FIRST, WRONG);
    }
  }

  @Test
  void whoHasWaitedGetsIn() throws Exception {
    failThreeTimes();
    room.clock.shift(Duration.ofMinutes(1));

    assertThat(where(room.stranger().login(RunningBoard.FIRST, RunningBoard.PASSWORD)))
        .isEqualTo("303 /");
  }

  @Test
  void aRoomThatLogsInAtTheSameMomentGetsInAsAWhole() throws Exception {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return where(room.stranger().login(RunningBoard.SECOND, RunningBoard.PASSWORD));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              Executors.newSingleThreadExecutor()));
    }

    assertThat(answers).extracting(CompletableFuture::join).containsOnly("303 /");
  }

  @Test
  void whoGuessesAtOneOfficerKeepsNoOtherOutThoughBehindTheSameAddress() throws Exception {
    failThreeTimes();

    assertThat(where(room.stranger().login(RunningBoard.SECOND, RunningBoard.PASSWORD)))
        .isEqualTo("303 /");
  }

  private HttpResponse<?> from(String address, String officer, String password) throws Exception {
    Officer stranger = room.stranger();
    return stranger.send(
        stranger
            .form("/login", "officer", officer, "password", password)
            .header("X-Forwarded-For", address));
  }

  @Test
  void behindATrustedProxyWhoGuessesElsewhereKeepsAnOfficerNotOut() throws Exception {
    room.stop();
    room.isBehindAProxyOfThisMachine();
    room.start();
    for (int i = 0; i < 3; i++) {
      from("203.0.113.9", RunningBoard.FIRST, WRONG);
    }

    assertThat(where(from("203.0.113.9", RunningBoard.FIRST, RunningBoard.PASSWORD)))
        .isEqualTo("303 /login?wait#wait");
    assertThat(where(from("198.51.100.7, 203.0.113.10", RunningBoard.FIRST, RunningBoard.PASSWORD)))
        .isEqualTo("303 /");
  }

  @Test
  void withoutATrustedProxyNobodySaysWhereHeIs() throws Exception {
    for (int i = 0; i < 3; i++) {
      from("203.0.113." + i, RunningBoard.FIRST, WRONG);
    }

    assertThat(where(from("203.0.113.99", RunningBoard.FIRST, RunningBoard.PASSWORD)))
        .isEqualTo("303 /login?wait#wait");
  }

  @Test
  void eachLoginHasACookieOfItsOwn() throws Exception {
    Officer officer = room.officer();
    String before = officer.cookie();

    officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);

    assertThat(officer.cookie()).isNotEqualTo(before);
  }

  @Test
  void loggingInAgainEndsTheSessionBefore() throws Exception {
    Officer officer = room.officer();
    String before = officer.cookie();
    officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);

    officer.take(before);

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void anOfficerWhoIsAddedWhileTheBoardRunsGetsIn() throws Exception {
    room.officers().put("77", PasswordHash.of(RunningBoard.PASSWORD.toCharArray()));

    assertThat(where(room.stranger().login("77", RunningBoard.PASSWORD))).isEqualTo("303 /");
  }

  @Test
  void thePasswordIsTheSameHoweverAKeyboardComposesItsLetters() throws Exception {
    room.officers().put("77", PasswordHash.of("schöne Grüße überall".toCharArray()));

    assertThat(where(room.stranger().login("77", "scho\u0308ne Gru\u0308ße u\u0308berall")))
        .isEqualTo("303 /");
  }
}
