package org.sightline.edge.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.sightline.edge.cli.Sightline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThresholdCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theExpectationIsTheAuthorisedRate() {
    assertThat(run("--entries", "300", "--json")).as(err.toString()).isZero();

    JsonNode expected = JsonMapper.shared().readTree(out.toString()).get("falseAlertsPer1000Faces");
    assertThat(expected.get("expected").doubleValue()).isBetween(0.99, 1.01);
    assertThat(expected.get("upper95").doubleValue()).isGreaterThan(1);
  }

  @Test
  void aFootfallGivesTheFalseAlertsOfAnHour() {
    assertThat(run("--entries", "300", "--faces-per-hour", "2000", "--json")).isZero();

    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("falseAlertsPerHour").get("expected").doubleValue())
        .isEqualTo(2 * report.get("falseAlertsPer1000Faces").get("expected").doubleValue());
  }

  @Test
  void aShortListIsComparedByCosineAndALongOneIsNormalised() {
    run("--entries", "299", "--json");
    assertThat(out.toString()).contains("\"cosine\"");

    out.getBuffer().setLength(0);
    run("--entries", "300", "--json");
    assertThat(out.toString()).contains("\"list-normalised\"");
  }

  @Test
  void itSaysOfWhomTheRateIsNotPromisedAndHowFarAShortListWasMeasuredToMissIt() {
    run("--entries", "300");
    assertThat(out.toString())
        .contains("nothing is promised of a list and a street of people who resemble each other")
        .doesNotContain("four to six times");

    out.getBuffer().setLength(0);
    run("--entries", "299");
    assertThat(out.toString()).contains("on lists this short four to six times as many");
  }

  @Test
  void aListAsLongAsThoseThatForcesUseHasAThreshold() {
    assertThat(run("--entries", "17000")).isZero();
    assertThat(out.toString())
        .contains("for 17000 listed, beyond what was measured")
        .contains("with 95 % confidence")
        .contains("of the people listed")
        .contains("decades below the lowest that they show");
  }

  @Test
  void aClaimThatTheCalibrationDoesNotSupportIsRefused() {
    assertThat(run("--entries", "100000000")).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString().strip()).hasLineCount(1).contains("list of 100000000");
  }

  @Test
  void aListWithoutEntriesIsWrongUse() {
    assertThat(run("--entries", "0")).isEqualTo(Sightline.EXIT_UNUSABLE);
  }

  private int run(String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "threshold";
    System.arraycopy(options, 0, args, 1, options.length);
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
