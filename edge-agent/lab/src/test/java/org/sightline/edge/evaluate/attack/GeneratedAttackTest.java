package org.sightline.edge.evaluate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

class GeneratedAttackTest {
  private static final BoxPx FACE = new BoxPx(60, 40, 60, 80);

  /** A grey picture with a bright face, and a dark one. */
  private final BgrPicture shown = picture(110, 200);

  private final BgrPicture behind = picture(60, 60);

  private static BgrPicture picture(int ground, int face) {
    BgrPicture picture = BgrPicture.allocate(180, 160);
    for (int y = 0; y < 160; y++) {
      for (int x = 0; x < 180; x++) {
        boolean inside = x >= 60 && x < 120 && y >= 40 && y < 120;
        for (int channel = 0; channel < 3; channel++) {
          picture
              .data()
              .put(y * picture.strideBytes() + 3 * x + channel, (byte) (inside ? face : ground));
        }
      }
    }
    return picture;
  }

  private GeneratedAttack attack(Instrument instrument, long seed) throws Exception {
    return GeneratedAttack.make(instrument, shown, FACE, behind, new Random(seed));
  }

  private static int green(BgrPicture picture, double x, double y) {
    int column = (int) x;
    int row = (int) y;
    return picture.data().get(row * picture.strideBytes() + 3 * column + 1) & 0xff;
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedMakesTheSameAttack(Instrument instrument) throws Exception {
    assertThat(attack(instrument, 7).picture().data())
        .isEqualTo(attack(instrument, 7).picture().data());
  }

  @ParameterizedTest
  @EnumSource
  void anotherSeedMakesAnother(Instrument instrument) throws Exception {
    assertThat(attack(instrument, 7).picture().data())
        .isNotEqualTo(attack(instrument, 8).picture().data());
  }

  @ParameterizedTest
  @EnumSource
  void theFaceIsShownWhereItIsSaidToBe(Instrument instrument) throws Exception {
    GeneratedAttack attack = attack(instrument, 7);

    assertThat(green(attack.picture(), attack.faceX(), attack.faceY())).isGreaterThan(140);
  }

  @Test
  void whatIsHeldIsSeenBeforeSomethingElse() throws Exception {
    GeneratedAttack attack = attack(Instrument.PRINT, 7);

    assertThat(green(attack.picture(), 2, 2)).isCloseTo(60, Offset.offset(25));
  }

  @Test
  void whatFillsTheViewHasNoEdge() throws Exception {
    GeneratedAttack attack = attack(Instrument.SCREEN_FILLING, 7);

    assertThat(attack.picture().widthPx()).isEqualTo(shown.widthPx());
    assertThat(green(attack.picture(), 2, 2)).isBetween(80, 200);
  }
}
