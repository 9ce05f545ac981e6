package org.sightline.edge.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.authorisation.LowestRecognition;

class ProofTest {
  private static final LowestRecognition RULE = new LowestRecognition(0.8, 20);

  @ParameterizedTest
  @CsvSource({
    "16, 20, true", // Exactly as much as is asked.
    "15, 20, false",
    "20, 20, true",
    "19, 19, false", // All were found, but too few walked.
    "0, 0, false",
    "17, 21, true",
    "16, 21, false"
  })
  void itHoldsIfEnoughWereWalkedAndEnoughOfThemRecognised(
      long recognised, long passes, boolean holds) {
    assertThat(new Proof(RULE, recognised, passes).holds()).isEqualTo(holds);
  }

  @Test
  void theRateItselfIsEnough() {
    assertThat(new LowestRecognition(0.55, 100).isMetBy(55, 100)).isTrue();
  }

  @Test
  void tooFewWalksAndTooFewRecognisedAreDifferentAlarms() {
    assertThat(new Proof(RULE, 3, 3).alarm()).isEqualTo("walks-needed");
    assertThat(new Proof(RULE, 3, 20).alarm()).isEqualTo("recognition-too-low");
  }

  @Test
  void whatIsSaidNamesTheWalksThatAreMissing() {
    assertThat(new Proof(RULE, 3, 4).line())
        .isEqualTo(
            "NO ALERTS are raised: 16 more passes have to be walked; 3 of the latest 4 passes"
                + " walked are recognised");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-0.1, 1", "1.1, 1", "NaN, 1", "0.5, 0", "0.5, 1001"})
  void aRuleThatCannotBeIsRefused(double rate, int walks) {
    assertThatIllegalArgumentException().isThrownBy(() -> new LowestRecognition(rate, walks));
  }
}
