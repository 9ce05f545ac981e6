package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.publish.OutcomeMessage;

/** How the golden file of an outcome with the waits of its alert was made, and what is in it. */
final class GoldenWaits {
  static final String OUTCOME = "outcome-with-waits.v1.jose";
  static final ReportedWaits WAITS =
      new ReportedWaits(Duration.ofMillis(4250), Duration.ofMillis(6001));

  private GoldenWaits() {}

  /** Writes it to a folder. */
  static void make(Path folder, ControlRoomKeys room) throws Exception {
    Files.write(
        folder.resolve(OUTCOME),
        new OutcomeMessage(Golden.ALERT, Outcome.TRUE, Actor.officer("1234"), null, Golden.REVOKED)
            .with(WAITS)
            .sign(room));
  }
}
