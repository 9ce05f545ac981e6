package org.sightline.edge.cli;

import java.util.List;

/** What every machine that compares faces has. */
public final class VisionCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(ModelsCommand.class, ThresholdCommand.class);
  }
}
