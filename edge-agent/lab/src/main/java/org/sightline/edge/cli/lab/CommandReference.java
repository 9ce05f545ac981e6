package org.sightline.edge.cli.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The page of all commands in Markdown, from the model that picocli reads their arguments by: of
 * each its usage, arguments, options with their defaults, exit codes and examples.
 */
final class CommandReference {
  /** On whose machines the commands of a package are; in the order of the page. */
  private static final Map<String, String> MACHINES = new LinkedHashMap<>();

  static {
    MACHINES.put("cli", "every one");
    MACHINES.put("van", "van");
    MACHINES.put("authority", "authority");
    MACHINES.put("room", "control room");
    MACHINES.put("lab", "laboratory");
    MACHINES.put("models", "van, authority, laboratory");
  }

  private static final Pattern EXAMPLE = Pattern.compile("Example: (sightline .*)");
  private static final Pattern DOCUMENT = Pattern.compile("docs/([a-z-]+)\\.md");
  private static final Pattern OPTION = Pattern.compile("(?<!\\S)--[a-z0-9-]+");
  private static final Pattern ESCAPED = Pattern.compile("[*<`]");

  private static final String HEAD =
      """
      # Commands

      <!-- Made by: scripts/sightline reference > docs/commands.md -->

      Every command with its arguments and options, made from the declarations that the program reads them by. `sightline COMMAND --help` says the same.
      [Results](results.md) says the rest: what lists of pictures look like, which pictures are refused, and the fields of `--json` and of reports.

      What a command found goes to standard output, and an error is one line on standard error. Where `--config` is not given, `SIGHTLINE_CONFIG` names the settings ([configuration](configuration.md#environment)).
      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final CommandSpec root;

  private CommandReference(CommandSpec root) {
    this.root = root;
  }

  /** The page of a command and all those below it. */
  static String of(CommandSpec root) {
    CommandReference reference = new CommandReference(root);
    reference.write();
    return reference.page.toString();
  }

  private void write() {
    exitCodes(root);
    arguments("option of every command", root.options());
    table("on the machine", "commands");
    MACHINES
        .values()
        .forEach(
            machine ->
                row(
                    machine,
                    commandsOn(machine)
                        .map(CommandReference::link)
                        .collect(Collectors.joining(", "))));
    MACHINES.values().forEach(machine -> commandsOn(machine).forEach(this::command));
  }

  private Stream<CommandSpec> commandsOn(String machine) {
    return commands(root).filter(command -> machine(command).equals(machine));
  }

  /** Those that do something, in the order of their names; a group alone does nothing. */
  private static Stream<CommandSpec> commands(CommandSpec above) {
    return above.subcommands().values().stream()
        .distinct()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.helpCommand())
        .flatMap(
            command ->
                Stream.concat(
                    command.userObject() instanceof Runnable
                            || command.userObject() instanceof Callable
                        ? Stream.of(command)
                        : Stream.empty(),
                    commands(command)));
  }

  /** Whose machines have it: which is what its package is for. */
  private static String machine(CommandSpec command) {
    String name = command.userObject().getClass().getPackageName();
    String machine = MACHINES.get(name.substring(name.lastIndexOf('.') + 1));
    if (machine == null) {
      throw new IllegalStateException("no machine is known for the commands of " + name);
    }
    return machine;
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName().replaceFirst("^\\S+ ", "");
  }

  private static String link(CommandSpec command) {
    String name = name(command);
    return "[`%s`](#%s)".formatted(name, name.replace(' ', '-'));
  }

  private void command(CommandSpec command) {
    line("\n## `" + name(command) + "`");
    text(command.usageMessage().description());
    line("\n```text\n" + usage(command) + "\n```");
    arguments("argument", command.positionalParameters());
    arguments(
        "option",
        command.options().stream()
            .filter(option -> !root.optionsMap().containsKey(option.longestName()))
            .toList());
    if (!command.usageMessage().exitCodeList().equals(root.usageMessage().exitCodeList())) {
      exitCodes(command);
    }
    text(command.usageMessage().footer());
  }

  /** Without the options that every command has. */
  private String usage(CommandSpec command) {
    return new Help(command, Help.defaultColorScheme(Ansi.OFF)).synopsis(0).stripTrailing();
  }

  private void exitCodes(CommandSpec command) {
    table("exit code", "means");
    command.usageMessage().exitCodeList().forEach((code, meaning) -> row(code, prose(meaning)));
  }

  private void arguments(String heading, List<? extends ArgSpec> arguments) {
    List<? extends ArgSpec> shown = arguments.stream().filter(each -> !each.hidden()).toList();
    if (shown.isEmpty()) {
      return;
    }
    table(heading, "means");
    for (ArgSpec argument : shown) {
      row(
          form(argument),
          (argument.required() && argument.group() == null ? "**Required.** " : "")
              + prose(String.join(" ", argument.description())));
    }
  }

  private static String form(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return "`" + argument.paramLabel() + "`";
    }
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return Stream.of(option.names())
        .map(name -> "`" + name + value + "`")
        .collect(Collectors.joining(", "));
  }

  /** Paragraphs, and what is indented or follows "Example:" as a block of its own. */
  private void text(String... lines) {
    List<String> block = new ArrayList<>();
    for (String line : lines) {
      String formatted = String.format(line);
      Matcher example = EXAMPLE.matcher(formatted);
      if (formatted.startsWith("  ")) {
        block.add(formatted.substring(2));
      } else if (example.matches()) {
        block.add(example.group(1));
      } else {
        block(block);
        if (!formatted.isEmpty()) {
          line("\n" + prose(formatted));
        }
      }
    }
    block(block);
  }

  private void block(List<String> lines) {
    if (!lines.isEmpty()) {
      line("\n```sh");
      lines.forEach(this::line);
      line("```");
      lines.clear();
    }
  }

  private void table(String... heading) {
    line("");
    row(heading);
    row(Stream.of(heading).map(column -> "---").toArray(String[]::new));
  }

  private void row(String... cells) {
    line(
        Stream.of(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /** Text of the help, its documents as links and its options as code. */
  private static String prose(String help) {
    String escaped = ESCAPED.matcher(help).replaceAll("\\\\$0");
    String linked = DOCUMENT.matcher(escaped).replaceAll("[$1]($1.md)");
    return OPTION.matcher(linked).replaceAll("`$0`");
  }
}
