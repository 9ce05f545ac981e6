package org.sightline.edge.shot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;

class ShotSelectionTest {
  private static final ShotSettings SETTINGS = ShotSettings.defaults();
  private final ShotSelection selection = new ShotSelection(SETTINGS);

  /** Of a picture that shows the whole face. */
  private static final int SIDE = 1000;

  @Test
  void theFirstUsableViewIsWorthIt() {
    assertThat(selection.isWorth(at(0), new ShotQuality(0.3))).isTrue();
  }

  @Test
  void aViewBelowTheLeastQualityIsNot() {
    assertThat(selection.isWorth(at(0), new ShotQuality(0.05))).isFalse();
  }

  @Test
  void aViewTakenRightAfterAnotherIsACopy() {
    take(0);
    assertThat(selection.isWorth(at(40), new ShotQuality(0.9))).isFalse();
  }

  @Test
  void afterTheFirstViewsOnlyABetterOneIsWorthIt() {
    takeThree();
    assertThat(selection.isWorth(at(600), new ShotQuality(0.5))).isFalse();
    assertThat(selection.isWorth(at(600), new ShotQuality(0.7))).isTrue();
  }

  @Test
  void afterAWhileANearlyAsGoodViewIsWorthIt() {
    takeThree();
    assertThat(selection.isWorth(at(1200), new ShotQuality(0.4))).isTrue();
    assertThat(selection.isWorth(at(1200), new ShotQuality(0.3))).isFalse();
  }

  @Test
  void farBelowTheThresholdAViewHasToBeMuchBetter() {
    takeThree();
    selection.compared(0.3);
    assertThat(selection.isWorth(at(600), new ShotQuality(0.7))).isFalse();
    assertThat(selection.isWorth(at(600), new ShotQuality(0.95))).isTrue();
  }

  @Test
  void farBelowTheThresholdANearlyAsGoodViewIsWorthItLater() {
    takeThree();
    selection.compared(0.3);
    assertThat(selection.isWorth(at(1200), new ShotQuality(0.4))).isFalse();
    assertThat(selection.isWorth(at(2400), new ShotQuality(0.4))).isTrue();
  }

  @Test
  void nearTheThresholdViewsAreWorthItAsBefore() {
    takeThree();
    selection.compared(0.3);
    selection.compared(0.1);
    assertThat(selection.isWorth(at(600), new ShotQuality(0.7))).isTrue();
  }

  @Test
  void howeverFarASecondViewIsTakenAsItComes() {
    take(0);
    selection.compared(0.5);
    assertThat(selection.isWorth(at(150), new ShotQuality(0.5))).isTrue();
    take(150);
    assertThat(selection.isWorth(at(300), new ShotQuality(0.5))).isFalse();
  }

  @Test
  void noPassTakesMoreThanItsShare() {
    for (int i = 0; i < SETTINGS.most(); i++) {
      take(1000L * i);
    }
    assertThat(selection.isWorth(at(60_000), new ShotQuality(1))).isFalse();
  }

  @Test
  void aFaceTooSmallIsNeverWorthAPixelBeingLookedAt() {
    assertThat(selection.mayBeWorth(at(0), face(20, 0), SIDE, SIDE)).isFalse();
    assertThat(selection.mayBeWorth(at(0), face(80, 0), SIDE, SIDE)).isTrue();
  }

  @Test
  void aFaceTurnedAwayIsWorthLessThanOneThatLooksIntoTheCamera() {
    assertThat(ShotQuality.bestCase(face(80, 12))).isLessThan(ShotQuality.bestCase(face(80, 0)));
  }

  @Test
  void aBlurredViewIsWorthLessThanASharpOne() {
    assertThat(ShotQuality.of(face(80, 0), 0.01)).isLessThan(ShotQuality.of(face(80, 0), 0.05));
  }

  @Test
  void qualityStaysWithinItsRange() {
    assertThat(ShotQuality.of(face(800, 0), 1).value()).isBetween(0.0, 1.0);
    assertThat(ShotQuality.of(face(80, 400), 0).value()).isBetween(0.0, 1.0);
  }

  @Test
  void aFaceCutByTheEdgeOfThePictureIsNeverWorthAPixelBeingLookedAt() {
    assertThat(selection.mayBeWorth(at(0), face(80, 0), 80, 80)).isTrue();
    assertThat(selection.mayBeWorth(at(0), face(80, 0), 60, 80)).isFalse();
  }

  @Test
  void aFaceThatIsNoNumberIsNeverWorthAPixelBeingLookedAt() {
    assertThat(selection.mayBeWorth(at(0), face(80, Float.NaN), SIDE, SIDE)).isFalse();
    assertThat(selection.mayBeWorth(at(0), face(Float.POSITIVE_INFINITY, 0), SIDE, SIDE)).isFalse();
  }

  @Test
  void aViewThatACloserLookFindsInProfileIsNotUsable() {
    Face profile = face(80, 40);
    assertThat(selection.isUsable(at(0), profile, ShotQuality.of(profile, 1), SIDE, SIDE))
        .isFalse();
  }

  @Test
  void aViewThatACloserLookFindsTooSmallIsNotUsable() {
    Face small = face(20, 0);
    assertThat(selection.isUsable(at(0), small, new ShotQuality(1), SIDE, SIDE)).isFalse();
  }

  @Test
  void aViewThatACloserLookConfirmsIsUsable() {
    Face good = face(80, 0);
    assertThat(selection.isUsable(at(0), good, ShotQuality.of(good, 1), SIDE, SIDE)).isTrue();
  }

  @Test
  void afterACloserLookInVainTheNextOneHasToWait() {
    Face profile = face(80, 40);
    selection.isUsable(at(0), profile, ShotQuality.of(profile, 1), SIDE, SIDE);
    assertThat(selection.isWorth(at(40), new ShotQuality(0.9))).isFalse();
    assertThat(selection.isWorth(at(150), new ShotQuality(0.9))).isTrue();
  }

  @Test
  void aViewThatWasNotTakenLeavesTheNextOneTheBest() {
    selection.isBest(new ShotQuality(0.9));
    assertThat(selection.isBest(new ShotQuality(0.5))).isTrue();
  }

  @Test
  void aViewNoBetterThanOneThatWasTakenIsNotTheBest() {
    selection.take(new ShotQuality(0.5));
    assertThat(selection.isBest(new ShotQuality(0.5))).isFalse();
  }

  private void take(long millis) {
    selection.isUsable(at(millis), face(80, 0), new ShotQuality(0.5), SIDE, SIDE);
    selection.take(new ShotQuality(0.5));
  }

  private void takeThree() {
    for (int i = 0; i < 3; i++) {
      take(150L * i);
    }
  }

  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Face face(float size, float noseShiftPx) {
    return new Face(
        new BoxPx(0, 0, size, size),
        new Landmarks(
            new PointPx(0.3f * size, 0.4f * size),
            new PointPx(0.7f * size, 0.4f * size),
            new PointPx(0.5f * size + noseShiftPx, 0.6f * size),
            new PointPx(0.35f * size, 0.8f * size),
            new PointPx(0.65f * size, 0.8f * size)),
        0.9f);
  }
}
