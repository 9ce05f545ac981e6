package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SampleAlert;

/** A broker that does not let the board write to one of its vans. */
class RefusedVanTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Asked before the other one, as its name comes first. */
  private static final VanId REFUSED = new VanId("a-van");

  private static String status(VanId van) {
    return """
        {"van":"%s","state":"online","at":"%s","queued":0,"answersTests":true,\
        "auditHead":"%s","instance":"%s"}"""
        .formatted(van, Instant.now(), Alerts.POSITION.head(), Alerts.POSITION.instance().hex());
  }

  private static RunningBoard room(Path folder, DeviceKeys device) throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("acl"),
            "topic readwrite sightline/#\ntopic deny sightline/v1/" + REFUSED + "/outcomes\n");
    RunningBoard room =
        RunningBoard.with(
            Mosquitto.configured(List.of("allow_anonymous true", "acl_file " + rules)), folder);
    room.knows(REFUSED.value(), device.identity());
    return room;
  }

  @Test
  void theNextVanIsAskedAllTheSame(@TempDir Path folder) throws Exception {
    DeviceKeys device = DeviceKeys.generate();
    try (RunningBoard room = room(folder, device)) {
      Officer officer = room.officer();
      try (Events events = officer.watch()) {
        room.tap.publish(
            "sightline/v1/" + REFUSED + "/status",
            device.signMessage(VanStatus.SIGNED_TYPE, status(REFUSED).getBytes(UTF_8)));
        room.status(Alerts.VAN, status(Alerts.VAN));
        events.next("van");
        events.next("van");

        assertThat(officer.posts("/api/test", "").statusCode()).isEqualTo(202);

        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(room.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes"))
                        .anyMatch(
                            heard ->
                                TestRequest.read(heard.content(), room.keys.identity())
                                    .isPresent()));
      }
    }
  }

  @Test
  void theOutcomesOfOtherVansAreSentAllTheSame(@TempDir Path folder) throws Exception {
    DeviceKeys device = DeviceKeys.generate();
    try (RunningBoard room = room(folder, device)) {
      Officer officer = room.officer();
      Alert refused = SampleAlert.about("S-1").van(REFUSED).build();
      try (Events events = officer.watch()) {
        events.next("snapshot");
        room.sendAsIs(
            REFUSED,
            device.signMessage(
                AlertEvent.SIGNED_TYPE, Alerts.event(refused, room.keys.identity())));
        events.next("alert");
      }
      assertThat(officer.judges(refused.id(), "true").statusCode()).isEqualTo(200);

      assertThat(officer.judges(room.alert("S-2"), "false").statusCode()).isEqualTo(200);

      await()
          .atMost(SOON)
          .until(() -> !room.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes").isEmpty());
    }
  }
}
