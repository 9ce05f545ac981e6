package org.sightline.edge.app;

import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledAttackPack;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.pipeline.Engine;

/**
 * The model pack, and its networks, which open beside the steps that follow.
 *
 * @param compute what they run on
 */
record Networks(ModelPack manifest, Compute compute, OpeningEngine engine) {

  /** Begins to open the networks. */
  static Networks open(Authorised start, ResourceStack parts) throws SightlineException {
    AgentSettings settings = start.settings();
    Device device = start.device();
    ModelPack manifest = device.manifest();
    InstalledPack pack = device.packs().installed(settings.recognition().modelPack());
    String attackPackName = settings.recognition().attackPack();
    InstalledAttackPack attackPack =
        attackPackName == null ? null : device.packs().installedAttackPack(attackPackName);
    Compute compute = new Compute(settings.inference().device(), settings.inference().threads());
    OpeningEngine engine =
        parts.add(
            new OpeningEngine(
                () -> {
                  Engine recognition =
                      Engine.open(
                          pack,
                          DetectionSettings.frames(
                              settings.recognition().smallestFacePx(), compute));
                  return attackPack == null ? recognition : recognition.with(attackPack, compute);
                }));
    return new Networks(manifest, compute, engine);
  }
}
