package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says to the browser, and what it does not reveal. */
class AnswersTest {
  @AutoClose private static RunningBoard room;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static void assertGuarded(HttpHeaders headers) {
    assertThat(headers.firstValue("Content-Security-Policy"))
        .hasValue(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                + " 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
                + " require-trusted-types-for 'script'");
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Permissions-Policy").orElseThrow()).contains("camera=()");
    assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
    assertThat(headers.firstValue("Server")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/nothing", "/api/session", "/%2e%2e/users.json", "/a%00b"})
  void aStrangersAnswersAreGuarded(String path) throws Exception {
    assertGuarded(room.stranger().get(path).headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/api/session", "/logout"})
  void anOfficersAnswersAreGuarded(String path) throws Exception {
    assertGuarded(room.officer().get(path).headers());
  }

  @Test
  void aLoginsAnswerIsGuarded() throws Exception {
    assertGuarded(room.stranger().login("9999", "wrong").headers());
  }

  @Test
  void aPictureIsGuarded() throws Exception {
    UUID alert = room.alert("S-1");

    assertGuarded(room.officer().get("/api/alerts/" + alert + "/probe").headers());
  }

  @Test
  void theStreamIsGuarded() throws Exception {
    try (Events events = room.officer().watch()) {
      assertGuarded(events.answer().headers());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GARBAGE", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1", "GET / HTTP/1.1"})
  void evenWhatIsNoRequestIsAnsweredWithTheHeadersAlone(String request) throws Exception {
    URI page = room.board().uri();
    try (Socket socket = new Socket(page.getHost(), page.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(US_ASCII));
      byte[] answer = new byte[8192];
      int read = socket.getInputStream().read(answer);

      assertThat(new String(answer, 0, read, US_ASCII))
          .startsWith("HTTP/1.1 400 ")
          .contains("Content-Security-Policy: default-src 'none';", "Content-Length: 0")
          .doesNotContain("Server:")
          .doesNotContain("Jetty")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aHeaderThatIsTooLongIsRefused() throws Exception {
    Officer stranger = room.stranger();

    assertThat(stranger.send(stranger.to("/login").header("X-Long", "x".repeat(9000))).statusCode())
        .isEqualTo(431);
  }

  @Test
  void aFormThatIsTooLongIsRefused() throws Exception {
    Officer stranger = room.stranger();

    assertThat(stranger.login(RunningBoard.FIRST, "x".repeat(9000)).statusCode()).isEqualTo(413);
  }

  @Test
  void aFormWhoseLengthIsNotGivenIsRefusedWhenItIsTooLong() throws Exception {
    Officer stranger = room.stranger();
    HttpRequest.Builder request =
        stranger
            .form("/login")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream("officer=".repeat(9000).getBytes(US_ASCII))));

    assertThat(stranger.send(request).statusCode()).isEqualTo(400);
  }

  @Test
  void somethingElseThanAFormIsRefused() throws Exception {
    Officer stranger = room.stranger();

    assertThat(
            stranger
                .send(stranger.form("/login").setHeader("Content-Type", "text/plain"))
                .statusCode())
        .isEqualTo(415);
  }
}
