package org.sightline.edge.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** The commands of all parts of the program that are installed. */
final class Commands {
  private final List<CommandLine> alone = new ArrayList<>();
  private final Map<CommandGroup, List<CommandLine>> grouped = new EnumMap<>(CommandGroup.class);

  private Commands() {
    for (CommandProvider each :
        ServiceLoader.load(CommandProvider.class, Commands.class.getClassLoader())) {
      each.commands().forEach(command -> alone.add(new CommandLine(command)));
      each.grouped()
          .forEach(
              (group, commands) ->
                  commands.forEach(
                      command ->
                          grouped
                              .computeIfAbsent(group, unused -> new ArrayList<>())
                              .add(new CommandLine(command))));
    }
  }

  /** Adds them, in the order of their names. */
  static void addTo(CommandLine root) {
    Commands all = new Commands();
    all.grouped.forEach(
        (group, members) -> {
          CommandLine command = new CommandLine(group.command());
          add(members, command);
          all.alone.add(command);
        });
    add(all.alone, root);
  }

  private static void add(List<CommandLine> commands, CommandLine parent) {
    commands.stream()
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(each -> parent.addSubcommand(each.getCommandName(), each));
  }
}
