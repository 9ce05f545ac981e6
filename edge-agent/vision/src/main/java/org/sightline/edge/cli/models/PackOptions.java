package org.sightline.edge.cli.models;

import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPackException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model pack a measuring command uses. */
public final class PackOptions {
  @Option(
      names = "--pack",
      paramLabel = "NAME",
      defaultValue = "retail-0095",
      description = "Model pack (default: ${DEFAULT-VALUE}).")
  private String pack;

  @Mixin private ModelsFolderOption models;

  /** The manifest alone: nothing needs to be installed. */
  public ModelPack manifest() throws ModelPackException {
    return models.packs().manifest(pack);
  }

  /** The pack with its files. */
  public InstalledPack installed() throws ModelPackException {
    return models.packs().installed(pack);
  }
}
