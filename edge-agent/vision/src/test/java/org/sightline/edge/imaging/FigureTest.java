package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

/** Where somebody is, and what is made of the rest. */
class FigureTest {
  private final Figure figure = new Figure(new BoxPx(100, 100, 20, 24));

  @Test
  void theFaceAndTheBodyBelowItBelongToAPerson() {
    assertThat(figure.contains(110, 112)).isTrue();
    assertThat(figure.contains(102, 122)).isTrue();
    assertThat(figure.contains(110, 180)).isTrue();
    assertThat(figure.contains(130, 180)).isTrue();
  }

  @Test
  void whatIsBesideOrAboveTheHeadDoesNot() {
    assertThat(figure.contains(130, 112)).isFalse();
    assertThat(figure.contains(90, 112)).isFalse();
    assertThat(figure.contains(110, 80)).isFalse();
    assertThat(figure.contains(124, 88)).isFalse();
  }

  @Test
  void whatLooksOverTheShoulderDoesNot() {
    assertThat(figure.contains(134, 126)).isFalse();
  }

  @Test
  void whatIsBesideTheBodyOrBelowTheFeetDoesNot() {
    assertThat(figure.contains(145, 180)).isFalse();
    assertThat(figure.contains(110, 300)).isFalse();
  }

  @Test
  void allOfItIsInItsColumn() {
    BoxPx column = figure.column();
    for (int y = 0; y < 400; y++) {
      for (int x = 0; x < 300; x++) {
        if (figure.contains(x, y)) {
          assertThat(x).isBetween((int) column.x(), (int) Math.ceil(column.right()));
          assertThat(y).isBetween((int) column.y(), (int) Math.ceil(column.bottom()));
        }
      }
    }
  }

  @Test
  void nothingOfAPartIsLeftButTheMeansOfItsSquares() {
    BgrPicture picture = BgrPicture.allocate(8, 4);
    for (int i = 0; i < picture.data().capacity(); i++) {
      picture.data().put(i, (byte) (i % 3 == 0 ? 200 : i));
    }

    Pixelation.pixelate(picture, 4, (x, y) -> x < 4);

    int first = picture.data().get(1);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        assertThat(picture.data().get(24 * y + 3 * x) & 0xff).isEqualTo(200);
        assertThat((int) picture.data().get(24 * y + 3 * x + 1)).isEqualTo(first);
      }
    }
    assertThat((int) picture.data().get(3 * 5 + 1)).isEqualTo(16);
  }
}
