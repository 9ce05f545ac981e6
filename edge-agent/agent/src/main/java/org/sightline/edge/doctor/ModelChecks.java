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
  static final double SAME_COSINE = 0.999;

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

  /** The pack that the settings name, every byte of it verified. */
  static InstalledPack installed(AgentSettings settings) throws SightlineException {
    return packs(settings).installed(settings.recognition().modelPack());
  }

  private static List<Finding> pack(AgentSettings settings) throws SightlineException {
    List<Finding> findings = new ArrayList<>();
    InstalledPack pack = installed(settings);
    findings.add(asPinned(pack));
    String attackPack = settings.recognition().attackPack();
    if (attackPack != null) {
      packs(settings).installedAttackPack(attackPack);
      findings.add(Finding.good("attack pack", attackPack + ", every byte as its manifest pins"));
    }
    findings.addAll(networks(settings.inference(), pack));
    return findings;
  }

  static Finding asPinned(InstalledPack pack) {
    return Finding.good(
        "model pack",
        "%s version %d, every byte as its manifest pins"
            .formatted(pack.manifest().name(), pack.manifest().version()));
  }

  static List<Finding> networks(AgentSettings.Inference inference, InstalledPack pack)
      throws SightlineException {
    Compute compute = new Compute(inference.device(), inference.threads());
    Finding answer = knownAnswer(pack, compute);
    return List.of(ranOn(inference.device(), compute), answer);
  }

  /**
   * Whether networks run on the device that settings ask for.
   *
   * @param compute what they ran with
   */
  static Finding ranOn(InferenceDevice asked, Compute compute) {
    Optional<InferenceDevice> used = compute.used();
    if (used.isEmpty()) {
      return Finding.good("networks", "none: the engine is built in");
    }
    String why = String.join("; ", compute.failures());
    return Finding.held(
        "networks",
        used.get() == asked,
        Verdict.LOOK,
        new Finding.Measured(
            "run on " + used.get() + (why.isEmpty() ? "" : "; " + why),
            "on " + asked + ", which inferenceDevice asks for"),
        "see docs/gpu.md, or set inferenceDevice to what they run on");
  }

  /** What networks make of a drawn face. */
  static Finding knownAnswer(InstalledPack pack, Compute compute) throws SightlineException {
    KnownFace.Answer answer = KnownFace.shownTo(pack, compute);
    try (Template template = answer.template()) {
      Optional<InferenceDevice> used = compute.used();
      String on = used.map(device -> "on " + device).orElse("by the built-in engine");
      return used.isPresent() && !answer.found()
          ? Finding.bad(
              ANSWER, "a drawn face is not found where it was drawn, " + on, remedy(used.get()))
          : compared(template, reference(pack, compute), on, used.orElse(InferenceDevice.CPU));
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

  static String remedy(InferenceDevice used) {
    return used == InferenceDevice.CPU
        ? "install the pack again; if it stays so, report the processor and the version"
        : "set inferenceDevice to cpu, and report the device and its driver";
  }
}
