package org.sightline.edge.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;

/** The model pack, byte by byte, and what its networks compute on the device that they run on. */
final class ModelChecks {
  private static final String ANSWER = "known answer";

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
    findings.addAll(networks(settings.inference(), pack));
    return findings;
  }

  static List<Finding> networks(AgentSettings.Inference inference, InstalledPack pack)
      throws SightlineException {
    InferenceDevice asked = inference.device();
    Compute compute = new Compute(asked, inference.threads());
    KnownFace.Answer answer = KnownFace.shownTo(pack, compute);
    try (Template template = answer.template()) {
      Optional<InferenceDevice> used = compute.used();
      String on = used.map(device -> "on " + device).orElse("by the built-in engine");
      return List.of(
          Finding.held(
              "networks",
              used.orElse(asked) == asked,
              Verdict.LOOK,
              new Finding.Measured(
                  used.isEmpty() ? "none: the engine is built in" : "run " + on,
                  used.isEmpty() ? "" : "on " + asked + ", which inferenceDevice asks for"),
              "see docs/gpu.md, or set inferenceDevice to what they run on"),
          used.isPresent() && !answer.found()
              ? Finding.bad(
                  ANSWER, "a drawn face is not found where it was drawn, " + on, remedy(used.get()))
              : compared(template, reference(pack, compute), on, used.orElse(InferenceDevice.CPU)));
    }
  }

  /** As stored, else, of what runs on another device, as the processor of this box computes it. */
  private static Optional<Template> reference(InstalledPack pack, Compute compute)
      throws SightlineException {
    Optional<Template> stored = KnownFace.stored(pack.manifest());
    return stored.isPresent() || compute.used().orElse(InferenceDevice.CPU) == InferenceDevice.CPU
        ? stored
        : Optional.of(KnownFace.shownTo(pack, Compute.cpu(compute.threads())).template());
  }

  static Finding compared(
      Template template, Optional<Template> reference, String on, InferenceDevice used) {
    if (reference.isEmpty()) {
      return Finding.untested(
          ANSWER, "none is stored for this pack; a drawn face gives a template " + on);
    }
    try (Template known = reference.get()) {
      double cosine = template.similarityTo(known).cosine();
      return Finding.held(
          ANSWER,
          cosine >= SAME_COSINE,
          Verdict.BAD,
          new Finding.Measured(
              String.format(
                  Locale.ROOT, "a drawn face %s: cosine %.5f to the known template", on, cosine),
              "at least " + SAME_COSINE),
          remedy(used));
    }
  }

  private static String remedy(InferenceDevice used) {
    return used == InferenceDevice.CPU
        ? "install the pack again; if it stays so, report the processor and the version"
        : "set inferenceDevice to cpu, and report the device and its driver";
  }
}
