package org.sightline.edge.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
  @Test
  void noneOfTenAgreesWithTheClosedForm() {
    Proportion none = Proportion.of(0, 10);

    assertThat(none.lower95()).isZero();
    assertThat(none.upper95()).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
  }

  @Test
  void allOfTenAgreesWithTheClosedForm() {
    Proportion all = Proportion.of(10, 10);

    assertThat(all.lower95()).isCloseTo(Math.pow(0.025, 0.1), within(1e-9));
    assertThat(all.upper95()).isEqualTo(1);
  }

  /** The published interval for 7 of 8: 0.4735 to 0.9968. */
  @Test
  void sevenOfEightAgreesWithTheTables() {
    Proportion seven = Proportion.of(7, 8);

    assertThat(seven.rate()).isEqualTo(0.875);
    assertThat(seven.lower95()).isCloseTo(0.4735, within(5e-5));
    assertThat(seven.upper95()).isCloseTo(0.9968, within(5e-5));
  }

  @Test
  void theIntervalOfMillionsIsAsNarrowAsTheyAllow() {
    Proportion ten = Proportion.of(10, 3_147_436);

    assertThat(ten.lower95()).isCloseTo(4.795 / 3_147_436, within(1e-9));
    assertThat(ten.upper95()).isCloseTo(18.39 / 3_147_436, within(1e-9));
  }

  @Test
  void whatIsNoProportionIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Proportion.of(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Proportion.of(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Proportion.of(-1, 1));
  }
}
