package org.sightline.edge.cli.models;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.models.ModelPacks;
import picocli.CommandLine.Option;

/** Where packs are installed. */
public final class ModelsFolderOption {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description =
          "Folder that packs are installed in. Default: $$SIGHTLINE_MODELS_HOME, else"
              + " $$XDG_DATA_HOME/sightline/models, else ~/.local/share/sightline/models.")
  private @Nullable Path folder;

  /** The packs there. */
  public ModelPacks packs() {
    return ModelPacks.at(folder == null ? ModelPacks.defaultFolder() : folder);
  }
}
