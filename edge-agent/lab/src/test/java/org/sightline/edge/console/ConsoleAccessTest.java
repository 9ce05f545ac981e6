package org.sightline.edge.console;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do something at the console, and from where. */
class ConsoleAccessTest {
  private static final Pattern TOKEN = Pattern.compile("\"csrf\":\"([^\"]+)\"");

  @TempDir private static Path folder;
  private static RunningConsole console;
  private static String session;
  private static String token;

  private final HttpClient browser = HttpClient.newHttpClient();

  @BeforeAll
  static void logIn() throws Exception {
    console = RunningConsole.at("127.0.0.1:0", folder);
    ConsoleAccessTest first = new ConsoleAccessTest();
    session = first.login(RunningConsole.PASSWORD).headers().firstValue("Set-Cookie").orElseThrow();
    HttpRequest state = first.to("api/state").header("Cookie", session).build();
    Matcher found = TOKEN.matcher(first.browser.send(state, BodyHandlers.ofString()).body());
    assertThat(found.find()).isTrue();
    token = found.group(1);
  }

  @AfterAll
  static void stop() {
    if (console != null) {
      console.close();
    }
  }

  private HttpRequest.Builder to(String path) {
    URI uri = console.uri().resolve(path);
    String origin = uri.getScheme() + "://" + uri.getAuthority();
    return HttpRequest.newBuilder(uri).header("Origin", origin);
  }

  private HttpResponse<String> login(String password) throws Exception {
    String form = "officer=%s&password=%s".formatted(RunningConsole.OFFICER, password);
    return browser.send(
        to("login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.replace(' ', '+')))
            .build(),
        BodyHandlers.ofString());
  }

  /** What a press of a button sends. */
  private HttpRequest.Builder pressed(String button) {
    return to("api/" + button)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"deployment\":\"exercise-1\",\"reason\":\"other\"}"));
  }

  private int answer(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "start", "open", "pause", "resume", "close"})
  void noButtonIsPressedWithoutALogin(String button) throws Exception {
    assertThat(answer(pressed(button).header("X-CSRF-Token", token))).isEqualTo(HTTP_UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "start", "open", "pause", "resume", "close"})
  void noButtonIsPressedWithoutTheTokenOfTheSession(String button) throws Exception {
    assertThat(answer(pressed(button).header("Cookie", session))).isEqualTo(HTTP_FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "start", "open", "pause", "resume", "close"})
  void noButtonIsPressedFromAnotherSiteEvenWithTheToken(String button) throws Exception {
    HttpRequest.Builder elsewhere =
        pressed(button)
            .setHeader("Origin", "http://elsewhere.example")
            .header("Cookie", session)
            .header("X-CSRF-Token", token);

    assertThat(answer(elsewhere)).isEqualTo(HTTP_FORBIDDEN);
  }

  @Test
  void whoIsLoggedInPressesThem() throws Exception {
    assertThat(answer(pressed("start").header("Cookie", session).header("X-CSRF-Token", token)))
        .isEqualTo(HTTP_OK);
  }

  @Test
  void theButtonOpensNothingThatTheCommandWouldNot() throws Exception {
    HttpRequest open =
        pressed("open").header("Cookie", session).header("X-CSRF-Token", token).build();

    HttpResponse<String> answer = browser.send(open, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(HTTP_CONFLICT);
    assertThat(answer.body()).contains("import its list");
  }

  @Test
  void theCookieIsForThisSiteAloneAndOutOfReachOfScripts() {
    assertThat(session).endsWith("; Path=/; HttpOnly; SameSite=Strict");
  }

  @Test
  void guessesAreSlowedDownAndRecordedInTheLogOfTheBox() throws Exception {
    for (int i = 0; i < 3; i++) {
      login("wrong");
    }

    assertThat(login(RunningConsole.PASSWORD).headers().firstValue("Location"))
        .contains("/login?wait#wait");
    assertThat(console.auditLines()).anyMatch(line -> line.contains("\"login-failed\""));
  }
}
