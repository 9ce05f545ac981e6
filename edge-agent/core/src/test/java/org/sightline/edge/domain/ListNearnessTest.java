package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListNearnessTest {
  @Test
  void aListIsUnusualFromAbove0035More() {
    assertThat(new ListNearness(0.252, 0.217).isUnusual()).isFalse();
    assertThat(new ListNearness(0.253, 0.217).isUnusual()).isTrue();
  }

  @Test
  void aListOfPeopleLessAlikeIsNotUnusual() {
    assertThat(new ListNearness(0.1, 0.217).isUnusual()).isFalse();
  }

  @Test
  void theWarningGivesBothFigures() {
    assertThat(new ListNearness(0.3851, 0.217).warning())
        .contains("mean nearness 0.385, usually 0.217");
  }
}
