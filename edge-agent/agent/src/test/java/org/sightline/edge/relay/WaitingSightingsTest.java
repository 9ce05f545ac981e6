package org.sightline.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.SightingMessage;

/** Who may read what waits to be said of somebody in view. */
class WaitingSightingsTest {
  private static final VanId VAN = new VanId("van-1");
  private static final AlertSighting SEEN =
      new AlertSighting(UUID.randomUUID(), Instant.parse("2026-11-24T09:00:00Z"), true, null);

  private final ControlRoomKeys room = ControlRoomKeys.generate();
  private final ControlRoomKeys other = ControlRoomKeys.generate();
  private final WaitingSightings waiting = new WaitingSightings();

  private Optional<byte[]> content(Recipients recipients) {
    List<WaitingSightings.Waiting> all = waiting.take();
    assertThat(all).hasSize(1);
    return all.get(0).content(recipients);
  }

  private static boolean reads(ControlRoomKeys keys, byte[] content) {
    return SightingMessage.read(VAN, SightingMessage.published(VAN, content, SEEN.at()), keys)
        .isPresent();
  }

  @Test
  void isSealedForTheRoomThatHoldsWhenItGoesOutAndNotWhenItWasSeen() {
    waiting.add(SEEN, Optional.of(room.identity()));
    byte[] content = content(authorised -> Optional.of(other.identity())).orElseThrow();
    assertThat(reads(other, content)).isTrue();
    assertThat(reads(room, content)).isFalse();
  }

  @Test
  void doesNotGoOutWhereTheRoomWasRevokedMeanwhile() {
    waiting.add(SEEN, Optional.of(room.identity()));
    assertThat(content(authorised -> Optional.<ControlRoomIdentity>empty())).isEmpty();
  }

  @Test
  void goesOutInClearWhereNoRoomIsAuthorised() {
    waiting.add(SEEN, Optional.empty());
    assertThat(content(authorised -> Optional.<ControlRoomIdentity>empty())).isPresent();
  }
}
