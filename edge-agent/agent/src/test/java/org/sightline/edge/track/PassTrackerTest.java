package org.sightline.edge.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;

class PassTrackerTest {
  private static final double FRAME_SECONDS = 0.04;

  private final PassTracker tracker = new PassTracker(TrackSettings.defaults());

  @Test
  void aFaceSeenOnceIsNoPass() {
    assertThat(frame(0, face(100, 100, 40)).sightings()).isEmpty();
    assertThat(frame(100).ended()).isEmpty();
  }

  @Test
  void aFaceSeenTwiceBeginsAPass() {
    frame(0, face(100, 100, 40));
    PassUpdate update = frame(1, face(103, 100, 40));
    assertThat(update.begun()).isOne();
    assertThat(update.sightings()).hasSize(1);
  }

  @Test
  void aWalkingFaceStaysOnePass() {
    Set<Long> passes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      frame(i, face(100 + 6 * i, 100 + i, 40 + 0.5f * i))
          .sightings()
          .forEach(each -> passes.add(each.pass()));
    }
    assertThat(passes).hasSize(1);
  }

  @Test
  void somebodyWhoRunsAcrossIsOnePassThoughEverySecondFrameIsPassedOver() {
    // 80 px are about 17 cm, so that this is 3 m/s.
    Set<Long> passes = new HashSet<>();
    for (int i = 0; i < 20; i += 2) {
      frame(i, face(100 + 56 * i, 100, 80)).sightings().forEach(each -> passes.add(each.pass()));
    }
    assertThat(passes).hasSize(1);
  }

  @Test
  void aShortOcclusionOfAMovingFaceIsBridged() {
    Set<Long> passes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      boolean hidden = i >= 50 && i < 65;
      PassUpdate update = hidden ? frame(i) : frame(i, face(100 + 4 * i, 100, 50));
      update.sightings().forEach(each -> passes.add(each.pass()));
    }
    assertThat(passes).hasSize(1);
  }

  @Test
  void anAbsenceLongerThanTheLimitEndsThePass() {
    frame(0, face(100, 100, 40));
    long pass = frame(1, face(100, 100, 40)).sightings().get(0).pass();
    assertThat(frame(39, face(100, 100, 40)).ended()).containsExactly(pass);
  }

  @Test
  void twoFacesThatCrossKeepTheirPasses() {
    List<Long> passesOfLeftStarter = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Face leftStarter = face(100 + 10 * i, 100, 60);
      Face rightStarter = face(690 - 10 * i, 140, 44);
      for (Sighting each : frame(i, leftStarter, rightStarter).sightings()) {
        if (each.face().equals(leftStarter)) {
          passesOfLeftStarter.add(each.pass());
        }
      }
    }
    assertThat(new HashSet<>(passesOfLeftStarter)).hasSize(1);
  }

  @Test
  void aDoubtfulDetectionContinuesAPassButBeginsNone() {
    frame(0, doubtful(100));
    assertThat(frame(1, doubtful(100)).sightings()).isEmpty();
    frame(2, face(100, 100, 40));
    assertThat(frame(3, doubtful(102)).sightings()).hasSize(1);
  }

  @Test
  void aFaceElsewhereIsAnotherPass() {
    frame(0, face(100, 100, 40));
    frame(1, face(100, 100, 40));
    frame(2, face(600, 100, 40));
    PassUpdate update = frame(3, face(600, 100, 40), face(100, 100, 40));
    assertThat(update.sightings().stream().map(Sighting::pass).distinct()).hasSize(2);
  }

  @Test
  void finishingEndsEveryConfirmedPass() {
    frame(0, face(100, 100, 40), face(400, 100, 40));
    frame(1, face(100, 100, 40), face(400, 100, 40), face(700, 100, 40));
    assertThat(tracker.finish()).hasSize(2);
  }

  private PassUpdate frame(int number, Face... faces) {
    return tracker.update(Duration.ofNanos((long) (number * FRAME_SECONDS * 1e9)), List.of(faces));
  }

  private static Face doubtful(float x) {
    return new Face(new BoxPx(x, 100, 40, 40), landmarks(x, 100, 40), 0.45f);
  }

  private static Face face(float x, float y, float size) {
    return new Face(new BoxPx(x, y, size, size), landmarks(x, y, size), 0.9f);
  }

  private static Landmarks landmarks(float x, float y, float size) {
    return new Landmarks(
        new PointPx(x + 0.3f * size, y + 0.4f * size),
        new PointPx(x + 0.7f * size, y + 0.4f * size),
        new PointPx(x + 0.5f * size, y + 0.6f * size),
        new PointPx(x + 0.35f * size, y + 0.8f * size),
        new PointPx(x + 0.65f * size, y + 0.8f * size));
  }
}
