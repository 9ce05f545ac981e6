package org.sightline.edge.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;

class RaisedThresholdsTest {
  private static final SubjectRef SUBJECT = new SubjectRef("S-1");
  private static final Similarity OTHERS = new Similarity(0.6);

  private final RaisedThresholds raised = new RaisedThresholds();

  private double of(SubjectRef subject) {
    return raised.of(subject, OTHERS).cosine();
  }

  @Test
  void theThresholdOfASubjectRisesAndNoOther() {
    raised.raise(Map.of(SUBJECT, 0.03));

    assertThat(of(SUBJECT)).isCloseTo(0.63, within(1e-9));
    assertThat(of(new SubjectRef("S-2"))).isEqualTo(0.6);
  }

  @Test
  void itIsNeverLowered() {
    raised.raise(Map.of(SUBJECT, 0.06));
    raised.raise(Map.of(SUBJECT, 0.03));

    assertThat(of(SUBJECT)).isCloseTo(0.66, within(1e-9));
  }

  @Test
  void itIsNoMoreThanASimilarityCanBe() {
    raised.raise(Map.of(SUBJECT, 0.9));

    assertThat(of(SUBJECT)).isEqualTo(1);
  }
}
