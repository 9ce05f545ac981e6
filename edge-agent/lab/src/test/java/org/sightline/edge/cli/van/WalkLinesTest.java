package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.walk.AnnouncedWalk;
import org.sightline.edge.walk.WalkFigures;

class WalkLinesTest {
  @Test
  void aWalkThatIsNotOverWhenTheDeploymentEndsIsSaidToBeCutShort() {
    Instant end = Instant.parse("2026-11-24T13:00:00Z");
    AnnouncedWalk walk =
        new AnnouncedWalk(
            UUID.randomUUID(),
            new DeploymentId("D-1"),
            new SubjectRef("C-0001"),
            List.of(new CameraId("mast-1")),
            end.minusSeconds(60),
            end.plusSeconds(60),
            1);

    assertThat(WalkLines.cutShort(walk, end))
        .contains(
            "the deployment ends before that, at 2026-11-24T13:00:00Z: then none of its passes is"
                + " judged (closed)");
    assertThat(WalkLines.cutShort(walk, walk.until())).isEmpty();
  }

  @Test
  void theRateStandsWithItsInterval() {
    WalkFigures walks =
        new WalkFigures(
            2,
            List.of(
                new WalkFigures.Recognition(
                    "mast-1", "0a", 3, "sample-pack", "1.2", 0.71234, Proportion.of(17, 20))),
            List.of(
                new WalkFigures.Unknown("mast-1", "camera-down", 1, null),
                new WalkFigures.Unknown("mast-1", "paused", 3, 2L)),
            2,
            1);

    assertThat(WalkLines.of(walks))
        .containsExactly(
            "of 2 control entries, who are among the entries of the list and raise no alerts",
            "mast-1: true recognition rate 17 of 20, 95 % interval 62 to 97 % (list version 3,"
                + " sightline 1.2, sample-pack, threshold 0.7123)",
            "mast-1: 1 pass not judged (camera-down)",
            "mast-1: 3 passes not judged (paused), of which 2 recognised by then",
            "2 passes of walks that are not over",
            "1 pass recognised without an announced walk");
  }
}
