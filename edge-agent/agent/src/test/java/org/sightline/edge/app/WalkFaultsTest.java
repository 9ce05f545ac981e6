package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.walk.NotJudged;
import org.sightline.edge.walk.OpenWalk;

class WalkFaultsTest {
  private static final Instant FROM = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant UNTIL = FROM.plusSeconds(60);
  private static final OpenWalk WALK =
      new OpenWalk(1, new CameraId("mast-1"), new SubjectRef("C-1"), FROM, UNTIL, 3);

  private final WalkFaults faults = new WalkFaults();

  @Test
  void aCameraThatGivesNoFramesSpoilsAWalk() {
    faults.unseen(WALK, UNTIL.minusMillis(1));
    assertThat(faults.of(WALK)).contains(NotJudged.CAMERA_DOWN);
  }

  @Test
  void afterTheWalkItDoesNot() {
    faults.unseen(WALK, UNTIL);
    assertThat(faults.of(WALK)).isEmpty();
  }

  @Test
  void camerasThatSomebodyHasClosedInItsLastSecondAreNoFaultOfTheirs() {
    faults.ends(UNTIL.minusSeconds(1));
    faults.unseen(WALK, UNTIL.minusMillis(500));
    assertThat(faults.of(WALK)).isEmpty();
    assertThat(faults.isCutShort(WALK)).isTrue();
  }

  @Test
  void aWalkThatWasOverBeforeIsNotCutShort() {
    faults.ends(UNTIL);
    faults.ends(FROM);
    assertThat(faults.isCutShort(WALK)).isFalse();
  }

  @Test
  void anotherFaultCountsBeforeThatOfACamera() {
    faults.unseen(WALK, FROM);
    assertThat(faults.put(WALK, NotJudged.WITHDRAWN)).isTrue();
    assertThat(faults.put(WALK, NotJudged.WITHDRAWN)).isFalse();
    faults.unseen(WALK, FROM);
    assertThat(faults.of(WALK)).contains(NotJudged.WITHDRAWN);
  }
}
