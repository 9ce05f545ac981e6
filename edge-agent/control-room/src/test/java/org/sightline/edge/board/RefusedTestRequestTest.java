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
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.testing.Mosquitto;

/** A broker that does not let the board write to one of its vans. */
class RefusedTestRequestTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Asked before the other one, as its name comes first. */
  private static final VanId REFUSED = new VanId("a-van");

  private static String status(VanId van) {
    return """
        {"van":"%s","state":"online","at":"%s","queued":0,"answersTests":true,\
        "auditHead":"%s","instance":"%s"}"""
        .formatted(van, Instant.now(), Alerts.POSITION.head(), Alerts.POSITION.instance().hex());
  }

  @Test
  void theNextVanIsAskedAllTheSame(@TempDir Path folder) throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("acl"),
            "topic readwrite sightline/#\ntopic deny sightline/v1/" + REFUSED + "/outcomes\n");
    DeviceKeys device = DeviceKeys.generate();
    try (RunningBoard room =
        RunningBoard.with(
            Mosquitto.configured(List.of("allow_anonymous true", "acl_file " + rules)), folder)) {
      room.knows(REFUSED.value(), device.identity());
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
}
