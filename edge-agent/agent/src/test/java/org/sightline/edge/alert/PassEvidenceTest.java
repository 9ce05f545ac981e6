package org.sightline.edge.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.Template;

class PassEvidenceTest {
  private final PassEvidence evidence = new PassEvidence();

  @Test
  void theFirstViewIsTheWholeEvidence() {
    Template fused = evidence.add(template(3, 4), 0.2);
    assertThat(fused.similarityTo(template(3, 4)).cosine()).isCloseTo(1, within(1e-6));
  }

  @Test
  void aBetterViewCountsForMore() {
    evidence.add(template(1, 0), 0.9);
    Template fused = evidence.add(template(0, 1), 0.1);
    assertThat(fused.similarityTo(template(1, 0)))
        .isGreaterThan(fused.similarityTo(template(0, 1)));
  }

  @Test
  void theViewItselfIsWiped() {
    Template view = template(1, 0);
    evidence.add(view, 1);
    float[] left = new float[2];
    view.copyTo(left, 0);
    assertThat(left).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aViewThatWeighsNothingIsRefusedAndWiped(double weight) {
    Template view = template(1, 0);
    assertThatThrownBy(() -> evidence.add(view, weight))
        .isInstanceOf(IllegalArgumentException.class);
    float[] left = new float[2];
    view.copyTo(left, 0);
    assertThat(left).containsOnly(0);
  }

  @Test
  void aRefusedViewLeavesTheEvidenceAsItWas() {
    evidence.add(template(1, 0), 1);
    assertThatThrownBy(() -> evidence.add(template(0, 1), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    Template fused = evidence.add(template(1, 0), 1);
    assertThat(fused.similarityTo(template(1, 0)).cosine()).isCloseTo(1, within(1e-6));
  }

  private static Template template(float... values) {
    return Template.normalised("pack", values);
  }
}
