package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.testing.FuzzTarget;

/** A message is no outcome, or is the very one that was signed. */
class OutcomeMessageFuzzTest extends FuzzTarget {
  private static final ControlRoomKeys KEYS = ControlRoomKeys.generate();
  private static final OutcomeMessage SIGNED =
      new OutcomeMessage(
          new UUID(7, 7), Outcome.UNRESOLVED, Actor.officer("1234"), null, Instant.EPOCH);

  @Override
  protected List<byte[]> seeds() {
    return List.of(SIGNED.sign(KEYS), utf8("e30.e30.e30"), utf8("..."));
  }

  @Override
  protected void take(byte[] input) {
    OutcomeMessage.read(input, KEYS.identity())
        .ifPresent(read -> assertThat(read).isEqualTo(SIGNED));
  }
}
