package org.sightline.edge.cli.lab;

import java.util.List;
import org.sightline.edge.cli.CommandProvider;

/** What the laboratory has. */
public final class LabCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        FieldTestCommand.class,
        EvaluateCommand.class,
        CalibrateCommand.class,
        ReferenceCommand.class);
  }
}
