package org.sightline.edge.cli;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.ThresholdChoice;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.inference.ModelPack;
import picocli.CommandLine.Option;

/** How a measuring command reckons similarities. */
final class ScoringOption {
  @Option(
      names = "--scoring",
      paramLabel = "HOW",
      description =
          "cosine or list_normalised (default: as the agent would with this pack and list).")
  private @Nullable Scoring scoring;

  /** What was asked for, or what the agent would take. */
  Scoring with(ModelPack pack, int entries) {
    return scoring != null ? scoring : ThresholdChoice.scoring(pack, null, entries);
  }
}
