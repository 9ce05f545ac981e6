package org.sightline.edge.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sightline.edge.domain.Version;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page of a command and all those below it, as man(7) reads it. */
final class ManualPage {
  private final StringBuilder page = new StringBuilder();
  private final CommandSpec root;

  private ManualPage(CommandSpec root) {
    this.root = root;
  }

  static String of(CommandSpec root) {
    ManualPage manual = new ManualPage(root);
    manual.write();
    return manual.page.toString();
  }

  private void write() {
    String description = String.join(" ", root.usageMessage().description());
    macro("TH", "SIGHTLINE", "1", "", "sightline " + Version.current(), "");
    macro("SH", "NAME");
    text("sightline - " + description);
    macro("SH", "SYNOPSIS");
    text("sightline COMMAND [ARGUMENTS]");
    macro("SH", "OPTIONS OF EVERY COMMAND");
    arguments(root.options());
    macro("SH", "EXIT CODES");
    exitCodes(root.usageMessage().exitCodeList());
    macro("SH", "COMMANDS");
    below(root);
    macro("SH", "SEE ALSO");
    text("/opt/sightline/share/docs/index.md");
  }

  private void below(CommandSpec above) {
    above.subcommands().values().stream()
        .distinct()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.helpCommand() && !command.usageMessage().hidden())
        .forEach(
            command -> {
              if (command.subcommands().isEmpty()) {
                command(command);
              } else {
                below(command);
              }
            });
  }

  private void command(CommandSpec command) {
    macro("SS", command.qualifiedName());
    lines(new Help(command, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).lines());
    macro("PP");
    paragraphs(command.usageMessage().description());
    arguments(command.positionalParameters());
    arguments(
        command.options().stream()
            .filter(option -> !root.optionsMap().containsKey(option.longestName()))
            .toList());
    if (!command.usageMessage().exitCodeList().equals(root.usageMessage().exitCodeList())) {
      macro("PP");
      text("Exit codes:");
      exitCodes(command.usageMessage().exitCodeList());
    }
    macro("PP");
    paragraphs(command.usageMessage().footer());
  }

  private void exitCodes(Map<String, String> codes) {
    codes.forEach((code, meaning) -> item(code, meaning));
  }

  private void arguments(List<? extends ArgSpec> arguments) {
    for (ArgSpec argument : arguments) {
      if (!argument.hidden()) {
        item(form(argument), String.join(" ", argument.description()));
      }
    }
  }

  private static String form(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel();
    }
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return Stream.of(option.names()).map(name -> name + value).collect(Collectors.joining(", "));
  }

  /** What is indented stays as it stands. */
  private void paragraphs(String... lines) {
    for (String line : lines) {
      String formatted = String.format(line);
      if (formatted.isBlank()) {
        macro("PP");
      } else if (formatted.startsWith("  ")) {
        lines(Stream.of(formatted));
      } else {
        text(formatted);
      }
    }
  }

  private void lines(Stream<String> lines) {
    macro("nf");
    lines.forEach(this::text);
    macro("fi");
  }

  private void item(String tag, String meaning) {
    macro("TP");
    text(tag);
    text(meaning);
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String each : arguments) {
      page.append(" \"").append(escaped(each).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  /** A line that no character of it makes a macro of. */
  private void text(String line) {
    String safe = escaped(line);
    page.append(safe.startsWith(".") || safe.startsWith("'") ? "\\&" : "")
        .append(safe)
        .append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
