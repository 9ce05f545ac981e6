package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

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
  void theHelpOfEveryCommandHasNoPercentSignThatIsTakenForAFormat() {
    helpIsWellFormed(new CommandLine(new Sightline()).getCommandSpec());
  }

  private static void helpIsWellFormed(CommandSpec command) {
    Stream.of(command.usageMessage().description(), command.usageMessage().footer())
        .flatMap(Stream::of)
        .forEach(
            line ->
                assertThatCode(() -> String.format(line))
                    .as(command.qualifiedName() + ": " + line)
                    .doesNotThrowAnyException());
    command.subcommands().values().forEach(each -> helpIsWellFormed(each.getCommandSpec()));
  }

  @Test
  void anUnknownCommandIsWrongUseToldInOneLine() {
    assertThat(run("fly")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("fly").contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anErrorOfTheMachineIsToldInOneLineAsABug() {
    assertThat(runWithFailingOutput("models", "list")).isEqualTo(Sightline.EXIT_BUG);
    assertThat(err.toString().strip()).hasLineCount(1).contains("UnsatisfiedLinkError", "--debug");
  }

  @Test
  void anErrorOfTheMachineShowsItsStackTraceOnDemand() {
    assertThat(runWithFailingOutput("models", "list", "--debug")).isEqualTo(Sightline.EXIT_BUG);
    assertThat(err.toString()).contains("internal error: UnsatisfiedLinkError", "\tat ");
  }

  private int runWithFailingOutput(String... args) {
    Writer failing =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            throw new UnsatisfiedLinkError("no such library");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    return Sightline.run(new PrintWriter(failing), new PrintWriter(err, true), args);
  }

  private int run(String... args) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
