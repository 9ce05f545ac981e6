package org.sightline.edge.cli.room;

import java.util.List;
import java.util.Map;
import org.sightline.edge.cli.CommandGroup;
import org.sightline.edge.cli.CommandProvider;

/** What the control room has. */
public final class ControlRoomCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(ControlRoomCommand.class, BoardCommand.class);
  }

  @Override
  public Map<CommandGroup, List<Class<?>>> grouped() {
    return Map.of(CommandGroup.ALERTS, List.of(AlertsWatchCommand.class));
  }
}
