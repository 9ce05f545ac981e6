package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SightlineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpIsPrintedToStandardOutputAndSucceeds() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Usage: sightline").contains("Exit codes:");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anUnknownCommandIsWrongUseToldInOneLine() {
    assertThat(run("fly")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("fly").contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... args) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
