package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import tools.jackson.databind.JsonNode;

/** An alert from its arrival to its end. */
@Execution(ExecutionMode.CONCURRENT)
class AlertTest {
  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private JsonNode snapshot() throws Exception {
    try (Events events = room.officer().watch()) {
      return events.next("snapshot");
    }
  }

  private JsonNode shown(UUID alert) throws Exception {
    for (JsonNode each : snapshot().required("alerts")) {
      if (each.required("id").stringValue().equals(alert.toString())) {
        return each;
      }
    }
    throw new AssertionError("not shown");
  }

  @Test
  void itIsShownWithAllThatTheVanSaysOfIt() throws Exception {
    JsonNode shown = shown(room.alert("S-1"));

    assertThat(shown.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "van",
            "camera",
            "place",
            "deployment",
            "subject",
            "category",
            "similarity",
            "threshold",
            "strength",
            "galleryEntries",
            "modelPack",
            "capturedAt",
            "publishedAt",
            "ageMillis",
            "waitedMillis",
            "stale",
            "staleInMillis",
            "expiresInMillis",
            "hasPortrait",
            "readable",
            "exercise",
            "signed",
            "twoOfficers",
            "withdrawn",
            "moreViews",
            "state");
    assertThat(shown.required("subject").stringValue()).isEqualTo("S-1");
    assertThat(shown.required("state").stringValue()).isEqualTo("open");
    assertThat(shown.required("readable").booleanValue()).isTrue();
  }

  @Test
  void itsPicturesAreShown() throws Exception {
    UUID alert = room.alert("S-1");

    HttpResponse<byte[]> picture = room.officer().get("/api/alerts/" + alert + "/portrait");

    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(new String(picture.body(), US_ASCII)).startsWith("portrait of S-1");
  }

  @Test
  void aPortraitThatTheVanCouldNotReadIsNotThere() throws Exception {
    Alert alert = Alerts.withoutPortrait("S-1");
    room.send(Alerts.event(alert));
    UUID after = room.alert("S-2");

    assertThat(after).isNotNull();
    assertThat(shown(alert.id()).required("hasPortrait").booleanValue()).isFalse();
    assertThat(room.officer().get("/api/alerts/" + alert.id() + "/portrait").statusCode())
        .isEqualTo(404);
  }

  @Test
  void oneThatComesTwiceIsShownOnce() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.send(Alerts.event(alert, room.keys.identity()));
    room.send(Alerts.event(alert, room.keys.identity()));
    room.alert("S-2");

    assertThat(snapshot().required("alerts").size()).isEqualTo(2);
  }

  @Test
  void oneThatIsClosedIsNotOpenedByARepetition() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.send(Alerts.event(alert, room.keys.identity()));
    room.alert("S-2");
    room.officer().judges(alert.id(), "false");

    room.send(Alerts.event(alert, room.keys.identity()));
    room.alert("S-3");

    assertThat(shown(alert.id()).required("state").stringValue()).isEqualTo("closed");
  }

  @Test
  void oneThatIsClosedIsNotOpenedByARepetitionAfterARestart() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.send(Alerts.event(alert, room.keys.identity()));
    room.alert("S-2");
    room.officer().judges(alert.id(), "false");
    await().until(() -> shown(alert.id()).path("delivery").asString("").equals("sent"));
    room.stop();
    room.start();

    room.send(Alerts.event(alert, room.keys.identity()));
    room.alert("S-3");

    assertThat(shown(alert.id()).required("state").stringValue()).isEqualTo("closed");
  }

  @Test
  void oneThatIsOpenOutlivesTheBoard() throws Exception {
    UUID alert = room.alert("S-1");
    room.stop();
    room.start();

    assertThat(shown(alert).required("subject").stringValue()).isEqualTo("S-1");
  }

  @Test
  void oneThatCameWhileTheBoardWasStoppedIsShownAfterwards() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.stop();
    room.send(Alerts.event(alert, room.keys.identity()));
    room.start();

    await()
        .ignoreException(AssertionError.class)
        .untilAsserted(() -> assertThat(shown(alert.id())).isNotNull());
  }

  @Test
  void atRestNothingOfItCanBeRead() throws Exception {
    Alert alert = Alerts.about("S-1234567");
    room.send(Alerts.event(alert));
    room.alert("S-2");
    room.stop();

    assertThat(new String(Files.readAllBytes(room.database()), US_ASCII))
        .contains(alert.id().toString())
        .doesNotContain("S-1234567")
        .doesNotContain("High Street")
        .doesNotContain(Alerts.VAN.value() + "\"");
    room.start();
  }

  @Test
  void oneThatHasExpiredIsGone() throws Exception {
    UUID alert = room.alert("S-1");
    // An officer is logged in for less than a day.
    room.clock.shift(Duration.ofHours(23));
    try (Events events = room.officer().watch()) {
      events.next("snapshot");

      room.clock.shift(Duration.ofHours(1));

      assertThat(events.next("gone").toString())
          .isEqualTo("{\"id\":\"" + alert + "\",\"reason\":\"expired\"}");
    }
  }

  @Test
  void oneThatHasExpiredIsGoneFromTheDiskToo() throws Exception {
    UUID alert = room.alert("S-1");
    room.clock.shift(Duration.ofHours(23));
    try (Events events = room.officer().watch()) {
      events.next("snapshot");
      room.clock.shift(Duration.ofHours(1));
      events.next("gone");
    }
    room.stop();

    assertThat(new String(Files.readAllBytes(room.database()), US_ASCII))
        .doesNotContain(alert.toString());
    room.start();
  }

  @Test
  void itIsKeptForNoLongerThanItsMessage() throws Exception {
    Alert alert = Alerts.about("S-1");
    try (MqttPublisher van =
        new MqttPublisher(
            BrokerSettings.plain(room.broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE)) {
      van.connect();
      van.publish(alert.id(), Alerts.event(alert, room.keys.identity()), Duration.ofMinutes(5));
    }
    room.alert("S-2");

    assertThat(shown(alert.id()).required("expiresInMillis").longValue())
        .isBetween(0L, Duration.ofMinutes(5).toMillis());
  }

  @Test
  void oneThatIsSealedForAnotherControlRoomIsShownWithoutItsContent() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.send(Alerts.event(alert, ControlRoomKeys.generate().identity()));
    room.alert("S-2");

    JsonNode shown = shown(alert.id());

    assertThat(shown.required("readable").booleanValue()).isFalse();
    assertThat(shown.has("subject")).isFalse();
    assertThat(shown.has("category")).isFalse();
    assertThat(room.officer().get("/api/alerts/" + alert.id() + "/probe").statusCode())
        .isEqualTo(404);
  }

  @Test
  void ofOneThatCannotBeReadNobodyCanSayThatItIsTrue() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.send(Alerts.event(alert, ControlRoomKeys.generate().identity()));
    room.alert("S-2");

    assertThat(room.officer().judges(alert.id(), "true").statusCode()).isEqualTo(400);
  }

  @Test
  void oneThatCannotBeReadCanBeClosedAsUnresolved() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.send(Alerts.event(alert, ControlRoomKeys.generate().identity()));
    room.alert("S-2");

    assertThat(room.officer().judges(alert.id(), "unresolved").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {-7, 0, 7})
  void itsAgeDoesNotDependOnTheVansClock(long minutesAhead) throws Exception {
    Alert alert = Alerts.about("S-1");
    Instant published = alert.times().captured().plusSeconds(10);
    byte[] event =
        AlertEvent.published(
                AlertEvent.encode(
                    alert,
                    Alerts.HEAD,
                    AlertTerms.DEFAULT.sealedFor(room.keys.identity()),
                    DeploymentClass.LIVE),
                published,
                Recipients.AS_AUTHORISED)
            .orElseThrow();
    room.clock.shift(Duration.ofMinutes(-minutesAhead));
    room.send(event);
    room.alert("S-2");
    room.clock.shift(Duration.ofSeconds(20));

    JsonNode shown = shown(alert.id());

    assertThat(shown.required("ageMillis").longValue()).isBetween(30_000L, 45_000L);
    assertThat(shown.required("staleInMillis").longValue()).isBetween(15_000L, 30_000L);
    assertThat(shown.required("stale").booleanValue()).isFalse();
  }

  @Test
  void whatItHasWaitedAtTheBrokerIsPartOfItsAge() throws Exception {
    Alert alert = Alerts.about("S-1");
    room.stop();
    try (MqttPublisher van =
        new MqttPublisher(
            BrokerSettings.plain(room.broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE)) {
      van.connect();
      van.publish(alert.id(), Alerts.event(alert, room.keys.identity()), Duration.ofHours(24));
    }

    // The broker counts in seconds.
    Thread.sleep(2_000);
    long startedNanos = System.nanoTime();
    room.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> !snapshot().required("alerts").isEmpty());

    long age = shown(alert.id()).required("ageMillis").longValue();
    assertThat(age)
        .isGreaterThan(1_000 + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
  }

  @Test
  void itTurnsStale() throws Exception {
    UUID alert = room.alert("S-1");

    room.clock.shift(Duration.ofMinutes(1));

    assertThat(shown(alert).required("stale").booleanValue()).isTrue();
  }
}
