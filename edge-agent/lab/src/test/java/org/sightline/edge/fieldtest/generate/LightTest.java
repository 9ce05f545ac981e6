package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LightTest {
  private static final Colour SKIN = new Colour(0.7f, 0.55f, 0.45f);

  @Test
  void dayChangesNothing() {
    assertThat(Light.DAY.onPeople(SKIN)).isEqualTo(SKIN);
  }

  @Test
  void atDuskPeopleAreDarkAndBluish() {
    Colour lit = Light.DUSK.onPeople(SKIN);
    assertThat(lit.green()).isLessThan(SKIN.green() / 2);
    assertThat(lit.blue() / lit.red()).isGreaterThan(SKIN.blue() / SKIN.red());
  }

  @Test
  void againstTheLightTheStreetIsBrightAndPeopleAreDark() {
    assertThat(Light.BACKLIT.onStreet(SKIN).green()).isGreaterThan(SKIN.green());
    assertThat(Light.BACKLIT.onPeople(SKIN).green()).isLessThan(SKIN.green());
  }
}
