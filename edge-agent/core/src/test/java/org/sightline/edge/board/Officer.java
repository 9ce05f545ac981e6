package org.sightline.edge.board;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser with somebody in front of it. */
final class Officer {
  private static final JsonMapper JSON = new JsonMapper();

  private final URI page;
  private final HttpClient client;
  private @Nullable String cookie;

  /** The token of the session that the cookie was of when it was asked for. */
  private @Nullable String token;

  Officer(URI page) {
    this(page, HttpClient.newHttpClient());
  }

  Officer(URI page, SSLContext tls) {
    this(page, HttpClient.newBuilder().sslContext(tls).build());
  }

  Officer(URI page, HttpClient client) {
    this.page = page;
    this.client = client;
  }

  /** A request as the page's own script would send it. */
  HttpRequest.Builder to(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page.resolve(path)).header("Sec-Fetch-Site", "same-origin");
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    answer
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> take(set.substring(0, set.indexOf(';'))));
    return answer;
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return send(to(path));
  }

  /** What is shown under a path. */
  JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(answer.body());
  }

  HttpResponse<byte[]> login(String officer, String password) throws Exception {
    return send(form("/login", "officer", officer, "password", password));
  }

  HttpResponse<byte[]> logout() throws Exception {
    return send(form("/logout", "csrf", csrf()));
  }

  /** A form that our page sends. */
  HttpRequest.Builder form(String path, String... fields) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(form.isEmpty() ? "" : "&")
          .append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return to(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form.toString()));
  }

  String csrf() throws Exception {
    String known = token;
    if (known == null) {
      known = json("/api/session").required("csrf").stringValue();
      token = known;
    }
    return known;
  }

  HttpResponse<byte[]> judges(UUID alert, String outcome) throws Exception {
    return send(outcome(alert, "{\"outcome\":\"" + outcome + "\"}").header("X-CSRF-Token", csrf()));
  }

  /** Looks at an alert. */
  HttpResponse<byte[]> sees(UUID alert) throws Exception {
    return send(
        to("/api/alerts/" + alert + "/seen")
            .header("X-CSRF-Token", csrf())
            .POST(BodyPublishers.noBody()));
  }

  /** Sends JSON, as the page does. */
  HttpResponse<byte[]> posts(String path, String body) throws Exception {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .header("X-CSRF-Token", csrf())
            .POST(BodyPublishers.ofString(body)));
  }

  /** Has an alert before them at a page. */
  HttpResponse<byte[]> looks(UUID atPage, UUID alert) throws Exception {
    return posts("/api/attention", "{\"page\":\"%s\",\"alert\":\"%s\"}".formatted(atPage, alert));
  }

  HttpResponse<byte[]> claims(UUID alert, boolean takeOver) throws Exception {
    return posts("/api/alerts/" + alert + "/claim", "{\"takeOver\":" + takeOver + "}");
  }

  HttpResponse<byte[]> handsOver(UUID alert, String to) throws Exception {
    return posts("/api/alerts/" + alert + "/hand-over", "{\"to\":\"" + to + "\"}");
  }

  /** An outcome without the token. */
  HttpRequest.Builder outcome(UUID alert, String body) {
    return to("/api/alerts/" + alert + "/outcome")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  /** Opens the stream of events. */
  Events watch() throws IOException, InterruptedException {
    return new Events(client.send(to("/api/events").build(), BodyHandlers.ofInputStream()));
  }

  /** The cookie it has, with its name. */
  @Nullable String cookie() {
    return cookie;
  }

  /** Goes on with a cookie that was another's. */
  void take(@Nullable String other) {
    cookie = other;
    token = null;
  }
}
