package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;

class TurnTest {
  private static final BgrPicture PICTURE = DrawnPictures.bgr(40, 20, DrawnPictures::smooth);

  @Test
  void clockwiseBringsTheLeftEdgeToTheTop() {
    BgrPicture turned = Turn.CLOCKWISE.of(PICTURE);
    assertThat(turned.widthPx()).isEqualTo(20);
    assertThat(DrawnPictures.channel(turned, 19, 0, 2))
        .isEqualTo(DrawnPictures.channel(PICTURE, 0, 0, 2));
    assertThat(DrawnPictures.channel(turned, 0, 0, 2))
        .isEqualTo(DrawnPictures.channel(PICTURE, 0, 19, 2));
  }

  @Test
  void counterclockwiseUndoesClockwise() {
    BgrPicture there = Turn.COUNTERCLOCKWISE.of(Turn.CLOCKWISE.of(PICTURE));
    assertThat(there.data()).isEqualTo(PICTURE.data());
  }

  @Test
  void upsideDownTwiceIsThePictureItself() {
    BgrPicture there = Turn.UPSIDE_DOWN.of(Turn.UPSIDE_DOWN.of(PICTURE));
    assertThat(there.data()).isEqualTo(PICTURE.data());
  }
}
