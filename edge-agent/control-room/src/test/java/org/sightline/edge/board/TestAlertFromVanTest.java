package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.TestAlerts;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.webhook.Webhook;
import tools.jackson.databind.JsonNode;

/** A test alert goes the whole way: to the van over the broker, and back as an alert does. */
@Execution(ExecutionMode.CONCURRENT)
class TestAlertFromVanTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final VanId VAN = Alerts.VAN;

  @TempDir private Path folder;
  @AutoClose private RunningBoard room;
  private Officer officer;

  @BeforeEach
  void start() throws Exception {
    room = RunningBoard.in(folder);
    officer = room.officer();
  }

  private static String status(VanId van, Instant at, String more) {
    return """
        {"van":"%s","state":"online","since":"2026-11-24T10:00:00Z","at":"%s","version":"0.1.0",\
        "queued":0,"auditHead":"%s","instance":"%s"%s}
        """
        .formatted(van, at, Alerts.POSITION.head(), Alerts.POSITION.instance().hex(), more);
  }

  private void answers(Instant at) throws Exception {
    room.status(VAN, status(VAN, at, ",\"answersTests\":true"));
  }

  private Path secretFile() throws Exception {
    Path file = folder.resolve("secret");
    DocumentFile.createSecret(file, ("whsec_" + "QUFB".repeat(8)).getBytes(US_ASCII));
    return file;
  }

  /** What the van is asked, once it is. */
  private TestRequest asked() throws Exception {
    return asked(1);
  }

  private TestRequest asked(int count) {
    await().atMost(SOON).until(() -> requests().size() >= count);
    return requests().get(count - 1);
  }

  private List<TestRequest> requests() {
    return room.tap.on("sightline/v1/" + VAN + "/outcomes").stream()
        .flatMap(heard -> TestRequest.read(heard.content(), room.keys.identity()).stream())
        .toList();
  }

  private void tests() throws Exception {
    assertThat(officer.posts("/api/test", "").statusCode()).isEqualTo(202);
  }

  private static boolean is(JsonNode van, String state) {
    return van.path("test").path("state").asString("").equals(state);
  }

  @Test
  void itIsAskedForByASignedMessageThatNamesTheVanAndExpiresByTheVansOwnClock() throws Exception {
    Instant there = Instant.parse("2031-02-03T04:05:06Z");
    try (Events events = officer.watch()) {
      answers(there);
      events.next("van");

      tests();

      TestRequest request = asked();
      assertThat(request.van()).isEqualTo(VAN);
      assertThat(request.by().reference()).isEqualTo(RunningBoard.FIRST);
      assertThat(request.expires()).isBetween(there, there.plus(TestRequest.LONGEST));
      assertThat(room.tap.on("sightline/v1/" + VAN + "/outcomes").get(0).expirySeconds())
          .isBetween(1L, TestRequest.LONGEST.toSeconds());
    }
  }

  @Test
  void itIsShownWithTheVanWhenItArrivesAndIsInNoList() throws Exception {
    try (Events events = officer.watch()) {
      answers(Instant.now());
      events.next("van");
      tests();
      assertThat(is(events.next("van", van -> van.has("test")), "asked")).isTrue();

      room.sendAsIs(VAN, TestAlerts.signed(asked().id(), room.keys.identity()));

      JsonNode van = events.next("van", shown -> is(shown, "arrived"));
      assertThat(van.required("test").required("tookMillis").intValue()).isNotNegative();
    }
    try (Events events = officer.watch()) {
      JsonNode snapshot = events.next("snapshot");
      assertThat(snapshot.required("alerts")).isEmpty();
      assertThat(snapshot.required("refused")).isEmpty();
    }
    assertThat(officer.json("/api/shift").required("alerts").intValue()).isZero();
  }

  @Test
  void aVanThatDoesNotAnswerIsShownAsThat() throws Exception {
    try (Events events = officer.watch()) {
      answers(Instant.now());
      events.next("van");
      tests();
      events.next("van", van -> is(van, "asked"));
      asked(1); // Only what was published can be missing.

      room.clock.shift(Duration.ofSeconds(10));

      JsonNode van = events.next("van", shown -> is(shown, "missing"));
      assertThat(van.required("test").required("askedMillis").longValue())
          .isGreaterThanOrEqualTo(10_000);
    }
  }

  @Test
  void aVanOfBeforeIsNotAsked() throws Exception {
    try (Events events = officer.watch()) {
      room.status(VAN, status(VAN, Instant.now(), ""));
      events.next("van");

      tests();

      events.next("van", van -> is(van, "not-answered"));
      events.next("test");
      assertThat(requests()).isEmpty();
    }
  }

  @Test
  void aVanWhoseDeviceIsNotKnownIsNotAsked() throws Exception {
    VanId other = new VanId("van-unknown");
    try (Events events = officer.watch()) {
      room.status(other, status(other, Instant.now(), ",\"answersTests\":true"));
      events.next("van");

      tests();

      events.next("van", van -> is(van, "not-known"));
    }
  }

  @Test
  void aVanThatIsOfflineIsNotAsked() throws Exception {
    try (Events events = officer.watch()) {
      room.status(VAN, "{\"van\":\"%s\",\"state\":\"offline\"}".formatted(VAN));
      events.next("van");

      tests();

      events.next("van", van -> is(van, "not-there"));
    }
  }

  @Test
  void aVanThatWasAskedJustNowIsNotAskedAgain() throws Exception {
    try (Events events = officer.watch()) {
      answers(Instant.now());
      events.next("van");
      tests();
      tests();
      asked();
      events.next("test");
      events.next("test");
      assertThat(requests()).hasSize(1);

      room.clock.shift(Duration.ofSeconds(10));
      tests();

      assertThat(asked(2).id()).isNotEqualTo(asked(1).id());
    }
  }

  @Test
  void oneThatNobodyAskedForIsNoAnswerAndNoFault() throws Exception {
    try (Events events = officer.watch()) {
      answers(Instant.now());
      events.next("van");
      tests();

      room.sendAsIs(VAN, TestAlerts.signed(UUID.randomUUID(), room.keys.identity()));
      UUID alert = room.alert("S-1");
      events.next("alert", shown -> shown.required("id").stringValue().equals(alert.toString()));
    }
    try (Events events = officer.watch()) {
      JsonNode snapshot = events.next("snapshot");
      assertThat(is(snapshot.required("vans").get(0), "asked")).isTrue();
      assertThat(snapshot.required("refused")).isEmpty();
    }
  }

  @Test
  void oneThatTheVanHasNotSignedIsRefused() throws Exception {
    try (Events events = officer.watch()) {
      answers(Instant.now());
      events.next("van");
      tests();
      UUID id = asked().id();

      room.sendAsIs(VAN, TestAlerts.event(id, room.keys.identity()));
      events.next("refused", all -> all.toString().contains("unsigned"));
      room.sendAsIs(VAN, TestAlerts.signed(id, room.keys.identity()));
      events.next("van", van -> is(van, "arrived"));
    }
  }

  /** Another control room on the same broker tries whether alerts arrive. */
  @Test
  void oneOfAnotherControlRoomIsNobodysBusinessHere() throws Exception {
    room.sendAsIs(VAN, TestAlerts.signed(UUID.randomUUID(), ControlRoomKeys.generate().identity()));

    assertThat(refusedAfterAnAlert()).isEmpty();
  }

  @Test
  void oneOfAVanWhoseDeviceIsNotKnownIsNobodysBusinessHere() throws Exception {
    room.sendAsIs(
        new VanId("van-unknown"), TestAlerts.signed(UUID.randomUUID(), room.keys.identity()));

    assertThat(refusedAfterAnAlert()).isEmpty();
  }

  @Test
  void anAlertOfAVanWhoseDeviceIsNotKnownIsRefused() throws Exception {
    try (Events events = officer.watch()) {
      room.sendAsIs(
          new VanId("van-unknown"),
          Alerts.signed(Alerts.event(Alerts.about("S-9"), room.keys.identity())));

      events.next("refused", all -> all.toString().contains("van-unknown"));
    }
  }

  /** What came before the alert has been looked at when the alert is shown. */
  private JsonNode refusedAfterAnAlert() throws Exception {
    room.alert("S-1");
    try (Events events = officer.watch()) {
      return events.next("snapshot").required("refused");
    }
  }

  @Test
  void itIsNotPostedToOtherSoftware() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer software =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    software.createContext(
        "/",
        exchange -> {
          posted.add(exchange.getRequestHeaders().getFirst("webhook-id"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    software.start();
    try {
      room.stop();
      room.postsTo(
          new Webhook(
              URI.create("http://127.0.0.1:" + software.getAddress().getPort() + "/"),
              secretFile(),
              null));
      room.start();

      room.sendAsIs(VAN, TestAlerts.signed(UUID.randomUUID(), room.keys.identity()));
      UUID alert = room.alert("S-1");

      await().atMost(SOON).until(() -> !posted.isEmpty());
      assertThat(posted).containsExactly(alert.toString());
    } finally {
      software.stop(0);
    }
  }
}
