package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.ErrorKind;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SightlineTest {
  private static final CommandSpec EVERY_COMMAND = Sightline.everyCommand();

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
    helpIsWellFormed(EVERY_COMMAND);
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

  static Stream<String> commands() {
    return commands(EVERY_COMMAND).map(words -> words.replaceFirst("^sightline ", ""));
  }

  private static Stream<String> commands(CommandSpec command) {
    return command.subcommands().isEmpty()
        ? Stream.of(command.qualifiedName())
        : command.subcommands().values().stream().flatMap(each -> commands(each.getCommandSpec()));
  }

  /** Each is read alone: the declarations of all take longer to read than most take to do. */
  @ParameterizedTest
  @MethodSource("commands")
  void aCommandThatIsNamedHasTheHelpThatItHasAmongAll(String command) {
    CommandLine all = EVERY_COMMAND.commandLine();
    CommandLine one = commandLine(command.split(" ", -1));
    for (String word : command.split(" ", -1)) {
      all = all.getSubcommands().get(word);
      one = one.getSubcommands().get(word);
    }

    assertThat(one.getUsageMessage()).isEqualTo(all.getUsageMessage());
  }

  @Test
  void aCommandThatIsNamedIsReadAlone() {
    CommandLine line = commandLine("deployment", "status", "--json");

    assertThat(line.getSubcommands()).containsOnlyKeys("help", "deployment");
    assertThat(line.getSubcommands().get("deployment").getSubcommands()).containsOnlyKeys("status");
  }

  private CommandLine commandLine(String... words) {
    return new Sightline()
        .commandLine(new PrintWriter(out, true), new PrintWriter(err, true), words);
  }

  @Test
  void anUnknownCommandIsWrongUseReportedInOneLine() {
    assertThat(run("fly")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("fly").contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anErrorOfTheMachineIsReportedInOneLineAsABug() {
    assertThat(runWithFailingOutput(new StackOverflowError(), "models", "list"))
        .isEqualTo(ErrorKind.INTERNAL.exitCode());
    assertThat(err.toString().strip()).hasLineCount(1).contains("StackOverflowError", "--debug");
  }

  @Test
  void anErrorOfTheMachineShowsItsStackTraceOnDemand() {
    assertThat(runWithFailingOutput(new StackOverflowError(), "models", "list", "--debug"))
        .isEqualTo(ErrorKind.INTERNAL.exitCode());
    assertThat(err.toString()).contains("internal error: StackOverflowError", "\tat ");
  }

  @Test
  void aNativeLibraryThatCannotBeLoadedIsReportedByItsCause() {
    Error failure = new UnsatisfiedLinkError("no jniavutil in java.library.path");
    failure.initCause(new IOException("No space left on device"));
    assertThat(runWithFailingOutput(failure, "models", "list")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("No space left on device", "SIGHTLINE_CACHE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "models list", "models list --json", "help run"})
  void aResultThatCannotBeWrittenIsNoSuccess(String command) {
    Writer full =
        new FailingWriter() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    int exit =
        Sightline.run(new PrintWriter(full, true), new PrintWriter(err, true), command.split(" "));
    assertThat(exit).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("standard output");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alerts watch --van A_b",
        "alerts watch --broker mqtt:",
        "alerts watch --for 5",
        "alerts outcome --alert x",
        "audit verify --head zz",
        "deployment authorise --for 2",
        "deployment authorise --start tomorrow",
        "deployment record --deployment .a",
        "fieldtest generate --people x",
        "watchlist build --expires never"
      })
  void aValueOfTheWrongFormIsReportedWithoutNamesOfClasses(String command) {
    assertThat(run(command.split(" "))).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("Invalid value for option '--")
        .doesNotContain("Exception", "java.", "cannot convert");
  }

  @Test
  void aPathThatOnlyAShellExpandsIsRefused() {
    assertThat(run("audit", "verify", "--data=~/data")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("--data", "write out");
  }

  private int runWithFailingOutput(Error failure, String... args) {
    Writer failing =
        new FailingWriter() {
          @Override
          public void write(char[] text, int from, int length) {
            throw failure;
          }
        };
    return Sightline.run(new PrintWriter(failing), new PrintWriter(err, true), args);
  }

  private abstract static class FailingWriter extends Writer {
    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private int run(String... args) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
