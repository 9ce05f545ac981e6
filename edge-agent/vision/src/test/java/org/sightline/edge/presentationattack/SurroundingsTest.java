package org.sightline.edge.presentationattack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BoxPx;

class SurroundingsTest {
  @Test
  void aBoxGrowsAboutItsCentre() {
    assertThat(Surroundings.of(new BoxPx(100, 100, 20, 40), 3, 400, 400))
        .isEqualTo(new BoxPx(80, 60, 60, 120));
  }

  @Test
  void atAnEdgeItIsShiftedIntoThePicture() {
    assertThat(Surroundings.of(new BoxPx(-10, 370, 20, 20), 3, 400, 400))
        .isEqualTo(new BoxPx(0, 339, 60, 60));
  }

  @Test
  void inATightPictureItGrowsAsFarAsThatLetsIt() {
    assertThat(Surroundings.of(new BoxPx(20, 30, 50, 50), 4, 101, 201))
        .isEqualTo(new BoxPx(0, 5, 100, 100));
  }
}
