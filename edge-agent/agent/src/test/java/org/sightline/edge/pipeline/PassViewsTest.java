package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.shot.ShotQuality;

class PassViewsTest {
  private final PassViews views = new PassViews();
  private final List<BgrPicture> all = new ArrayList<>();

  private void see(double... qualities) {
    for (double value : qualities) {
      ShotQuality quality = new ShotQuality(value);
      if (views.wants(quality)) {
        BgrPicture picture = BgrPicture.allocate(1, 1);
        picture.data().put(0, (byte) Math.round(100 * value));
        all.add(picture);
        views.add(new PassViews.View(quality, picture, all.size()));
      }
    }
  }

  private static int content(BgrPicture picture) {
    return picture.data().get(0);
  }

  @Test
  void theBestThreeAreThereTheBestFirst() {
    see(0.4, 0.2, 0.8, 0.1, 0.6);

    assertThat(views.best().quality()).isEqualTo(new ShotQuality(0.8));
    assertThat(views.others()).extracting(PassViewsTest::content).containsExactly(60, 40);
  }

  @Test
  void aPassOfOneViewHasNoOthers() {
    see(0.4);

    assertThat(views.others()).isEmpty();
  }

  @Test
  void ofViewsThatAreWorthTheSameTheFirstIsTheBest() {
    see(0.4, 0.4);

    assertThat(views.best().capturedNanos()).isEqualTo(1);
  }

  @Test
  void aViewThatIsWorseThanThreeIsNotWanted() {
    see(0.4, 0.5, 0.6);

    assertThat(views.wants(new ShotQuality(0.4))).isFalse();
    assertThat(views.wants(new ShotQuality(0.41))).isTrue();
  }

  @Test
  void aViewThatMadeRoomForABetterOneIsWiped() {
    see(0.4, 0.5, 0.6, 0.7);

    assertThat(all).extracting(PassViewsTest::content).containsExactly(0, 50, 60, 70);
  }

  @Test
  void allAreWipedWithThePass() {
    see(0.4, 0.5, 0.6);

    views.close();

    assertThat(all).extracting(PassViewsTest::content).containsOnly(0);
    assertThatIllegalStateException().isThrownBy(views::best);
  }
}
