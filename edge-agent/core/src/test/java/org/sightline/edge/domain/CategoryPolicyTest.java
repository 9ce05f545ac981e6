package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sightline.edge.testing.SampleCategories.AMBER;
import static org.sightline.edge.testing.SampleCategories.RED;
import static org.sightline.edge.testing.SampleCategories.rule;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CategoryPolicyTest {
  private static final Similarity FLOOR = new Similarity(0.5);

  private static CategoryPolicy of(CategoryRule... rules) {
    return new CategoryPolicy(List.of(rules));
  }

  @Test
  void theThresholdOfACategoryRaisesThatOfTheDeploymentAndNeverLowersIt() {
    CategoryPolicy policy = of(rule("high", AMBER, 0.7), rule("low", AMBER, 0.5));

    assertThat(policy.threshold("high", new Similarity(0.6))).isEqualTo(new Similarity(0.7));
    assertThat(policy.threshold("low", new Similarity(0.6))).isEqualTo(new Similarity(0.6));
  }

  @Test
  void aCategoryWithoutAThresholdHasThatOfTheDeployment() {
    assertThat(of(rule("wanted", AMBER)).threshold("wanted", FLOOR)).isEqualTo(FLOOR);
  }

  @Test
  void aThresholdBelowTheAuthorisedFloorIsAConflictThatNamesTheCategory() {
    assertThat(of(rule("wanted", AMBER, 0.49)).conflict(FLOOR, true).orElseThrow())
        .hasLineCount(1)
        .contains("'wanted'", "0.49", "floor of 0.5");
  }

  @Test
  void aThresholdAtTheFloorIsNone() {
    assertThat(of(rule("wanted", AMBER, 0.5)).conflict(FLOOR, true)).isEmpty();
  }

  @Test
  void twoOfficersWithoutAControlRoomAreAConflict() {
    assertThat(of(rule("wanted", RED)).conflict(FLOOR, false).orElseThrow()).contains("'wanted'");
    assertThat(of(rule("wanted", RED)).conflict(FLOOR, true)).isEmpty();
  }

  @Test
  void aPolicyAllowsTheCategoriesThatItNamesAndNoPolicyAllowsAll() {
    assertThat(of(rule("wanted", RED)).allows("wanted")).isTrue();
    assertThat(of(rule("wanted", RED)).allows("missing")).isFalse();
    assertThat(CategoryPolicy.NONE.allows("missing")).isTrue();
  }

  @Test
  void aCategoryIsNamedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(rule("wanted", RED), rule("wanted", AMBER)))
        .withMessageContaining("'wanted' is there twice");
  }

  @Test
  void thereAreNotMoreCategoriesThanAHeaderHasRoomFor() {
    List<CategoryRule> many =
        IntStream.rangeClosed(0, CategoryPolicy.MOST_CATEGORIES)
            .mapToObj(i -> rule("category " + i, AMBER))
            .toList();

    assertThatIllegalArgumentException().isThrownBy(() -> new CategoryPolicy(many));
  }

  @Test
  void anUrgencyIsOneOfNine() {
    for (int urgency : new int[] {0, 10}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Response(
                      Response.Colour.RED, urgency, "Stop", null, Response.Sound.SOFT, false));
    }
  }
}
