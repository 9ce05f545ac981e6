package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but the login page is given to somebody who has not logged in. */
class WithoutSessionTest {
  @AutoClose private static RunningBoard room;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/page.js",
        "/page.css",
        "/page/feed.js",
        "/icons.svg",
        "/api/session",
        "/api/events",
        "/api/alerts/0193a3c8-5a00-7000-8000-000000000000/probe",
        "/api/alerts/0193a3c8-5a00-7000-8000-000000000000/view-2",
        "/api/alerts/0193a3c8-5a00-7000-8000-000000000000/portrait",
        "/api/alerts/0193a3c8-5a00-7000-8000-000000000000/outcome",
        "/logout",
        "/login/",
        "/login.html",
        "/login;x=/login",
        "/no-such-thing"
      })
  void everyOtherPathIsRefusedWithoutAWord(String path) throws Exception {
    HttpResponse<byte[]> answer = room.stranger().get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/logout",
        "/api/alerts/0193a3c8-5a00-7000-8000-000000000000/outcome",
        "/api/vans/van-1/log",
        "/api/refused",
        "/nothing"
      })
  void nothingCanBePosted(String path) throws Exception {
    Officer stranger = room.stranger();

    assertThat(stranger.send(stranger.form(path, "csrf", "x")).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"})
  void otherMethodsAreRefusedWhateverThePath(String method) throws Exception {
    Officer stranger = room.stranger();

    HttpResponse<byte[]> answer =
        stranger.send(stranger.to("/api/events").method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
  }

  @Test
  void aNavigationIsLedToTheLoginPage() throws Exception {
    Officer stranger = room.stranger();

    HttpResponse<byte[]> answer =
        stranger.send(
            stranger.to("/").header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/login");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/login?failed", "/login.css"})
  void theLoginPageIsForEverybody(String path) throws Exception {
    assertThat(room.stranger().get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void aMadeUpCookieIsNoSession() throws Exception {
    Officer stranger = room.stranger();
    stranger.take("sightline-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

    assertThat(stranger.get("/api/session").statusCode()).isEqualTo(401);
  }
}
