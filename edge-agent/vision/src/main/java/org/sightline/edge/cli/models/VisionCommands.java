package org.sightline.edge.cli.models;

import java.util.List;
import org.sightline.edge.cli.CommandProvider;

/** What every machine that compares faces has. */
public final class VisionCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(ModelsCommand.class, ThresholdCommand.class);
  }
}
