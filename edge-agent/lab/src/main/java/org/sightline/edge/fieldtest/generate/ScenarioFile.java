package org.sightline.edge.fieldtest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.fieldtest.generate.Truth.Pass;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.models.ModelPack;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes {@code scenario.yaml}, which {@code fieldtest run} reads. */
final class ScenarioFile {
  /** An alert may follow its pass by as long as a track is kept alive. */
  private static final float ALERT_GRACE_SECONDS = 2;

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private ScenarioFile() {}

  /**
   * Writes it.
   *
   * @param images files to enrol, by subject
   * @param passes of everybody
   */
  static void write(
      Path folder,
      Generator.Order order,
      ModelPack pack,
      List<Mast> masts,
      Map<String, List<String>> images,
      List<Pass> passes)
      throws GenerationException {
    boolean drawn = order.portraits() == null;
    Map<String, @Nullable Object> scenario = new LinkedHashMap<>();
    scenario.put("name", "generated-" + order.scene().seed());
    scenario.put("modelPack", order.modelPack());
    // Photographed people are like those that a pack is calibrated on first of all.
    scenario.put(
        "calibration", drawn && calibration(pack).isPresent() ? Generator.POPULATION : null);
    scenario.put(
        "watchlist",
        images.entrySet().stream().map(each -> entry(each.getKey(), each.getValue())).toList());
    if (order.fillers() > 0) {
      scenario.put("fillers", Map.of("folder", "fillers", "count", order.fillers()));
    }
    scenario.put("cameras", masts.stream().map(mast -> camera(mast, order.pace())).toList());
    scenario.put("threshold", drawn ? threshold(pack, order.listed() + order.fillers()) : null);
    scenario.put(
        "expect",
        Map.of(
            "alerts",
            passes.stream()
                .filter(pass -> pass.subject() != null)
                .map(ScenarioFile::expected)
                .toList()));
    scenario.put("truth", TruthFile.NAME);
    try {
      Files.writeString(folder.resolve("scenario.yaml"), YAML.writeValueAsString(scenario));
    } catch (IOException e) {
      throw GenerationException.unwritable(folder, e);
    }
  }

  private static Optional<Calibration> calibration(ModelPack pack) {
    return pack.calibrations().stream()
        .filter(each -> each.population().equals(Generator.POPULATION))
        .findFirst();
  }

  /**
   * None where it can be derived; for a list too long for the calibration the strictest that it
   * supports, said openly in the scenario: an exercise may be run with it, a claim may not be made.
   */
  private static @Nullable Double threshold(ModelPack pack, int entries) {
    Optional<Calibration> calibration = calibration(pack);
    if (calibration.isEmpty()) {
      return null;
    }
    try {
      Threshold.derive(
          calibration.get(),
          entries,
          Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES,
          new Similarity(-1));
      return null;
    } catch (Threshold.UnsupportedRateException e) {
      return Threshold.strictest(calibration.get()).cosine();
    }
  }

  private static Map<String, Object> entry(String subject, List<String> images) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subject", subject);
    entry.put("category", "exercise");
    entry.put("images", images);
    return entry;
  }

  private static Map<String, Object> camera(Mast mast, String pace) {
    Map<String, Object> camera = new LinkedHashMap<>();
    camera.put("id", mast.camera());
    camera.put("source", mast.clip());
    camera.put("pace", pace);
    return camera;
  }

  private static Map<String, Object> expected(Pass pass) {
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("subject", String.valueOf(pass.subject()));
    alert.put("camera", pass.camera());
    alert.put("from", pass.passage().enterSeconds());
    alert.put("to", pass.passage().leaveSeconds() + ALERT_GRACE_SECONDS);
    return alert;
  }
}
