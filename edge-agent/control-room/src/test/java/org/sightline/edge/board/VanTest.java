package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import tools.jackson.databind.JsonNode;

/** How the vans stand. */
@Execution(ExecutionMode.CONCURRENT)
class VanTest {
  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static final VanId VAN = new VanId("van-7");
  private static final String ONLINE =
      """
      {"van":"van-7","state":"online","since":"2026-11-24T10:00:00Z","version":"0.1.0",
       "queued":3,"auditHead":"0:%s","alarms":["broker-unheard"]}
      """
          .formatted("0".repeat(64));

  private Events watch() throws Exception {
    Events events = room.officer().watch();
    events.next("snapshot");
    return events;
  }

  private static String state(JsonNode van) {
    return van.required("state").stringValue();
  }

  @Test
  void aVanIsShownAsItSaysThatItStands() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, ONLINE);

      JsonNode shown = events.next("van");
      assertThat(shown.required("van").stringValue()).isEqualTo("van-7");
      assertThat(state(shown)).isEqualTo("online");
      assertThat(shown.required("queued").intValue()).isEqualTo(3);
      assertThat(shown.required("version").stringValue()).isEqualTo("0.1.0");
      assertThat(shown.required("alarms").toString()).isEqualTo("[\"broker-unheard\"]");
    }
  }

  @Test
  void theCamerasThatDoNotSeeAreShownByName() throws Exception {
    try (Events events = watch()) {
      room.status(
          VAN,
          ONLINE.replace(
              "\"queued\"",
              "\"cameras\":[{\"id\":\"mast-1\",\"alarms\":[]},"
                  + "{\"id\":\"mast-2\",\"alarms\":[\"camera-turned\"]}],\"queued\""));

      assertThat(events.next("van").required("cameras").toString())
          .isEqualTo("[{\"id\":\"mast-2\",\"alarms\":[\"camera-turned\"]}]");
    }
  }

  @Test
  void whatAVanMeasuresIsShownAndWhatItDoesNotSayIsNotKnown() throws Exception {
    try (Events events = watch()) {
      room.status(
          VAN,
          ONLINE.replace(
              "\"queued\"",
              "\"figures\":{\"cameras\":[{\"id\":\"mast-1\",\"framesPerSecond\":12.5}],"
                  + "\"diskFreeMib\":40,\"celsius\":\"warm\"},\"queued\""));

      assertThat(events.next("van").required("figures").toString())
          .isEqualTo(
              "{\"diskFreeMib\":40,\"celsius\":null,\"cameras\":[{\"id\":\"mast-1\","
                  + "\"framesPerSecond\":12.5,\"searchedSecondsAgo\":null}]}");
    }
  }

  @Test
  void aVanThatSaysFarewellIsOffline() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, ONLINE);
      room.status(VAN, "{\"van\":\"van-7\",\"state\":\"offline\"}");

      assertThat(events.next("van", van -> state(van).equals("offline"))).isNotNull();
    }
  }

  @Test
  void aVanThatIsOnlineAndSaysNothingForNinetySecondsIsSilent() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, ONLINE);
      events.next("van");

      room.clock.shift(Duration.ofSeconds(90));

      assertThat(state(events.next("van"))).isEqualTo("silent");
    }
  }

  @Test
  void aSilentVanThatSpeaksAgainIsOnline() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, ONLINE);
      events.next("van");
      room.clock.shift(Duration.ofSeconds(90));
      events.next("van", van -> state(van).equals("silent"));

      room.status(VAN, ONLINE);

      assertThat(state(events.next("van"))).isEqualTo("online");
    }
  }

  @Test
  void anAlertIsASignOfLifeToo() throws Exception {
    try (Events events = watch()) {
      room.status(Alerts.VAN, ONLINE.replace("van-7", Alerts.VAN.value()));
      events.next("van");
      room.clock.shift(Duration.ofSeconds(90));
      events.next("van", van -> state(van).equals("silent"));

      room.send(Alerts.event(Alerts.about("S-1"), room.keys.identity()));

      assertThat(state(events.next("van"))).isEqualTo("online");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"van\":\"van-7\",\"state\":\"flying\"}",
        "{\"van\":\"van-8\",\"state\":\"online\"}",
        "{\"van\":\"van-7\",\"state\":\"online\",\"alarms\":[\"<b>\"]}",
        "{\"van\":\"van-7\",\"state\":\"online\",\"cameras\":[{\"id\":\"<b>\",\"alarms\":[]}]}",
        "{\"van\":\"van-7\",\"state\":\"online\",\"cameras\":[{}]}"
      })
  void whatIsNoStatusOfThatVanIsNotShown(String message) throws Exception {
    room.status(VAN, message);
    try (Events events = watch()) {
      room.status(new VanId("van-9"), ONLINE.replace("van-7", "van-9"));

      assertThat(events.next("van").required("van").stringValue()).isEqualTo("van-9");
    }
    try (Events events = room.officer().watch()) {
      assertThat(events.next("snapshot").required("vans").size()).isEqualTo(1);
    }
  }

  @Test
  void afterARestartAVanIsNotHeardYetHoweverTheBrokerHasKeptItsStatus() throws Exception {
    try (Events events = room.officer().watch()) {
      room.tap.retain("sightline/v1/van-7/status", ONLINE.getBytes(UTF_8));
      events.next("van");
    }
    room.stop();
    room.start();
    try (Events events = room.officer().watch()) {
      JsonNode van = events.next("snapshot").required("vans").path(0);
      if (van.isMissingNode()) {
        van = events.next("van");
      }

      assertThat(state(van)).isEqualTo("unknown");
      assertThat(van.has("sinceMillis")).isFalse();

      room.status(VAN, ONLINE);
      assertThat(state(events.next("van"))).isEqualTo("online");
    }
  }
}
