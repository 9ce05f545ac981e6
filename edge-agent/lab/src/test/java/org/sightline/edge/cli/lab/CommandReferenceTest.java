package org.sightline.edge.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sightline.edge.cli.Sightline;

class CommandReferenceTest {
  @Test
  void thePageOfCommandsIsWhatTheCommandsSay() throws Exception {
    StringWriter printed = new StringWriter();

    int exit =
        Sightline.run(new PrintWriter(printed), new PrintWriter(new StringWriter()), "reference");

    assertThat(exit).isZero();
    assertThat(Files.readString(Path.of("../../docs/commands.md")))
        .as("to make it again: scripts/sightline reference > docs/commands.md")
        .isEqualTo(printed.toString());
  }
}
