package org.sightline.edge.cli.lab;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.threshold.ThresholdChoice;
import picocli.CommandLine.Option;

/** How a measuring command computes similarities. */
final class ScoringOption {
  @Option(
      names = "--scoring",
      paramLabel = "HOW",
      description =
          "cosine or list_normalised (default: as the agent would with this pack and list).")
  private @Nullable Scoring scoring;

  /**
   * What similarities are normalised by: as was asked for, or as the agent would.
   *
   * @return null for plain cosines
   */
  @Nullable ListScale with(ModelPack pack) throws SightlineException {
    ListScale scale = ThresholdChoice.scale(pack, null);
    if (scoring == Scoring.LIST_NORMALISED && scale == null) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the pack is not calibrated for similarities normalised by the list",
          "model pack " + pack.name(),
          "use --scoring cosine, or calibrate it");
    }
    return scoring == Scoring.COSINE ? null : scale;
  }
}
