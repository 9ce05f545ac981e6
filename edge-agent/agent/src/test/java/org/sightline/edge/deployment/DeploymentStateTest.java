package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sightline.edge.deployment.DeploymentState.Step;

class DeploymentStateTest {
  /** Every step that is allowed; all others are refused. */
  private static final Map<DeploymentState, Map<Step, DeploymentState>> ALLOWED =
      Map.of(
          DeploymentState.CLOSED, Map.of(Step.IMPORT, DeploymentState.AUTHORISED),
          DeploymentState.AUTHORISED,
              Map.of(
                  Step.IMPORT, DeploymentState.AUTHORISED,
                  Step.OPEN, DeploymentState.OPEN,
                  Step.END, DeploymentState.ENDED),
          DeploymentState.OPEN, Map.of(Step.END, DeploymentState.ENDED),
          DeploymentState.ENDED,
              Map.of(Step.DESTROY, DeploymentState.DESTROYED, Step.FAIL, DeploymentState.ALARM),
          DeploymentState.ALARM,
              Map.of(Step.DESTROY, DeploymentState.DESTROYED, Step.FAIL, DeploymentState.ALARM),
          DeploymentState.DESTROYED, Map.of());

  @TestFactory
  Stream<DynamicTest> aStepLeadsWhereTheDrawingSaysOrNowhere() {
    return Arrays.stream(DeploymentState.values())
        .flatMap(
            state ->
                Arrays.stream(Step.values())
                    .map(
                        step ->
                            DynamicTest.dynamicTest(
                                state + " " + step,
                                () ->
                                    assertThat(state.after(step).orElse(null))
                                        .isEqualTo(ALLOWED.get(state).get(step)))));
  }

  @Test
  void nothingLeadsBackFromTheEnd() {
    assertThat(Step.values()).allMatch(step -> DeploymentState.DESTROYED.after(step).isEmpty());
  }
}
