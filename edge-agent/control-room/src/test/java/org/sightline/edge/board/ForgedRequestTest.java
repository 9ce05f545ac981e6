package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another site has a browser send in an officer's name is refused. */
class ForgedRequestTest {
  @AutoClose private static RunningBoard room;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static final UUID ANY = UUID.fromString("0193a3c8-5a00-7000-8000-000000000000");
  private static final String TRUE = "{\"outcome\":\"true\"}";

  @Test
  void aLoginFromAnotherSiteIsRefused() throws Exception {
    Officer stranger = room.stranger();

    HttpResponse<byte[]> answer =
        stranger.send(
            stranger
                .form("/login", "officer", RunningBoard.FIRST, "password", RunningBoard.PASSWORD)
                .setHeader("Sec-Fetch-Site", "cross-site"));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void anOlderBrowserIsKnownByItsOrigin() throws Exception {
    assertThat(loginOfAnOlderBrowser(room.board().uri().toString().replaceAll("/$", "")))
        .isEqualTo(303);
  }

  @Test
  void anOlderBrowserAtAnotherSiteIsRefused() throws Exception {
    assertThat(loginOfAnOlderBrowser("http://elsewhere.example")).isEqualTo(403);
  }

  private int loginOfAnOlderBrowser(String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(room.board().uri().resolve("/login"))
            .header("Origin", origin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "officer=1234&password=" + RunningBoard.PASSWORD.replace(' ', '+')));
    return room.stranger().send(request).statusCode();
  }

  @Test
  void anOutcomeWithoutTheTokenIsRefused() throws Exception {
    Officer officer = room.officer();

    assertThat(officer.send(officer.outcome(ANY, TRUE)).statusCode()).isEqualTo(403);
  }

  @Test
  void anOutcomeWithAnotherSessionsTokenIsRefused() throws Exception {
    Officer officer = room.officer();
    String other = room.officer(RunningBoard.SECOND).csrf();

    HttpResponse<byte[]> answer =
        officer.send(officer.outcome(ANY, TRUE).header("X-CSRF-Token", other));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void anOutcomeFromAnotherSiteIsRefusedEvenWithTheToken() throws Exception {
    Officer officer = room.officer();

    HttpResponse<byte[]> answer =
        officer.send(
            officer
                .outcome(ANY, TRUE)
                .header("X-CSRF-Token", officer.csrf())
                .setHeader("Sec-Fetch-Site", "same-site"));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void nobodyIsLoggedOutWithoutTheToken() throws Exception {
    Officer officer = room.officer();

    officer.send(officer.form("/logout", "csrf", "guessed"));

    assertThat(officer.get("/api/session").statusCode()).isEqualTo(200);
  }
}
