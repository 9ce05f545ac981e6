package org.sightline.edge.cli;

import java.util.List;

/** What every machine has. */
public final class CoreCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        AuditCommand.class, RecordsCommand.class, CompletionCommand.class, ManualCommand.class);
  }
}
