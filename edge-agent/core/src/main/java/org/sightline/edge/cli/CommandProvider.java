package org.sightline.edge.cli;

import java.util.List;
import java.util.Map;

/**
 * The commands of one part of the program. Found as a service: a machine has the commands of the
 * parts that are installed on it, and no others.
 */
public interface CommandProvider {
  /** Those that stand by themselves. */
  List<Class<?>> commands();

  /** Those that belong to a group. */
  default Map<CommandGroup, List<Class<?>>> grouped() {
    return Map.of();
  }
}
