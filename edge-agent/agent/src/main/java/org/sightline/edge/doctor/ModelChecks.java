package org.sightline.edge.doctor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.Engine;

/** The model pack, byte by byte, and what its networks compute on the device that they run on. */
final class ModelChecks {
  private static final String NETWORKS = "networks";
  private static final int SIDE_PX = 256;

  /** Templates of one face by two devices lie at least so near: what matching can bear. */
  private static final double SAME_COSINE = 0.999;

  private ModelChecks() {}

  static List<Check> of(AgentSettings settings) {
    return List.of(new Check("model pack", () -> pack(settings)));
  }

  private static ModelPacks packs(AgentSettings settings) {
    return ModelPacks.at(
        settings.folders().models() == null
            ? ModelPacks.defaultFolder()
            : settings.folders().models());
  }

  private static List<Finding> pack(AgentSettings settings) throws SightlineException {
    List<Finding> findings = new ArrayList<>();
    ModelPacks packs = packs(settings);
    InstalledPack pack = packs.installed(settings.recognition().modelPack());
    findings.add(
        Finding.good(
            "model pack",
            "%s version %d, every byte as its manifest pins"
                .formatted(pack.manifest().name(), pack.manifest().version())));
    String attackPack = settings.recognition().attackPack();
    if (attackPack != null) {
      packs.installedAttackPack(attackPack);
      findings.add(Finding.good("attack pack", attackPack + ", every byte as its manifest pins"));
    }
    findings.add(networks(settings, pack));
    return findings;
  }

  private static Finding networks(AgentSettings settings, InstalledPack pack)
      throws SightlineException {
    InferenceDevice asked = settings.inference().device();
    Compute compute = new Compute(asked, settings.inference().threads());
    try (Template template = embedded(settings, pack, compute)) {
      InferenceDevice used = compute.used().orElse(InferenceDevice.CPU);
      if (used != asked && compute.used().isPresent()) {
        return Finding.look(
            NETWORKS,
            "run on " + used,
            "on " + asked + ", which inferenceDevice asks for",
            "see docs/gpu.md, or set inferenceDevice to " + used);
      }
      if (used == InferenceDevice.CPU) {
        return Finding.good(NETWORKS, "run on " + used + ", a generated picture gives a template");
      }
      try (Template reference =
          embedded(settings, pack, Compute.cpu(settings.inference().threads()))) {
        double cosine = template.similarityTo(reference).cosine();
        return Finding.held(
            NETWORKS,
            cosine >= SAME_COSINE,
            Verdict.BAD,
            new Finding.Measured(
                String.format(Locale.ROOT, "run on %s, cosine to the CPU's %.5f", used, cosine),
                "at least " + SAME_COSINE),
            "set inferenceDevice to cpu and report the device and its driver");
      }
    }
  }

  /** Of a generated picture, in which there is nobody; searched too, so that both networks run. */
  private static Template embedded(AgentSettings settings, InstalledPack pack, Compute compute)
      throws SightlineException {
    BgrPicture picture = generated();
    try (Engine engine =
        Engine.open(
            pack, DetectionSettings.frames(settings.recognition().smallestFacePx(), compute))) {
      engine.detector().detect(picture);
      try (AlignedFace face = engine.embedder().align(picture, inTheMiddle())) {
        return engine.embedder().embed(List.of(face)).get(0);
      }
    }
  }

  private static BgrPicture generated() {
    BgrPicture picture = BgrPicture.allocate(SIDE_PX, SIDE_PX);
    Random random = new Random(1);
    ByteBuffer data = picture.data();
    for (int i = 0; i < 3 * SIDE_PX * SIDE_PX; i++) {
      data.put(i, (byte) (i % SIDE_PX / 2 + random.nextInt(64)));
    }
    return picture;
  }

  private static Landmarks inTheMiddle() {
    return new Landmarks(
        new PointPx(96, 104),
        new PointPx(160, 104),
        new PointPx(128, 136),
        new PointPx(104, 168),
        new PointPx(152, 168));
  }
}
