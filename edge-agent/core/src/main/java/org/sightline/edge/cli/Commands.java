package org.sightline.edge.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of all parts of the program that are installed. */
final class Commands {
  private final List<Class<?>> alone = new ArrayList<>();
  private final Map<CommandGroup, List<Class<?>>> grouped = new EnumMap<>(CommandGroup.class);

  private Commands() {
    for (CommandProvider each :
        ServiceLoader.load(CommandProvider.class, Commands.class.getClassLoader())) {
      alone.addAll(each.commands());
      each.grouped()
          .forEach(
              (group, commands) ->
                  grouped.computeIfAbsent(group, unused -> new ArrayList<>()).addAll(commands));
    }
  }

  /**
   * Adds them, in the order of their names. Of words that name one, it is added alone: reading the
   * declarations of all would take longer than most commands do.
   *
   * @param words of the command line, the first of which may name a command and the second one of
   *     its group
   */
  static void addTo(CommandLine root, String... words) {
    Commands all = new Commands();
    List<Class<?>> first = new ArrayList<>(all.alone);
    all.grouped.keySet().forEach(group -> first.add(group.command()));
    List<CommandLine> lines = named(word(words, 0), first);
    all.grouped.forEach(
        (group, members) ->
            lines.stream()
                .filter(line -> line.getCommandName().equals(name(group.command())))
                .forEach(line -> add(named(word(words, 1), members), line)));
    add(lines, root);
  }

  private static String word(String[] words, int number) {
    return number < words.length ? words[number] : "";
  }

  /** That of this name, or all where none has it. */
  private static List<CommandLine> named(String name, List<Class<?>> commands) {
    List<Class<?>> meant = commands.stream().filter(command -> name(command).equals(name)).toList();
    return (meant.isEmpty() ? commands : meant).stream().map(CommandLine::new).toList();
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static void add(List<CommandLine> commands, CommandLine parent) {
    commands.stream()
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(each -> parent.addSubcommand(each.getCommandName(), each));
  }
}
