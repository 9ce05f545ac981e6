package org.sightline.edge.cli;

import java.util.List;

/** What the laboratory has. */
public final class LabCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(FieldTestCommand.class, EvaluateCommand.class, CalibrateCommand.class);
  }
}
