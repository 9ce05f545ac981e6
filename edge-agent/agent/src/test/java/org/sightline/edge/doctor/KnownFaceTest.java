package org.sightline.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.domain.Template;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/** Networks are held against what is known of a drawn face. */
class KnownFaceTest {
  private static final AgentSettings.Inference CPU =
      new AgentSettings.Inference(InferenceDevice.CPU, 1);

  @TempDir private Path folder;

  @Test
  void theDefaultPackFindsItAndGivesItsTemplateAndTheDeviceIsNamed() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder);

    List<Finding> findings = ModelChecks.networks(CPU, pack);

    assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.GOOD);
    assertThat(findings)
        .extracting(Finding::measured)
        .satisfiesExactly(
            device -> assertThat(device).isEqualTo("run on cpu"),
            answer -> assertThat(answer).contains("a drawn face on cpu: cosine "));
  }

  /** A pack of a new version needs its answer made again. */
  @Test
  void anAnswerIsStoredForEachPackWithNetworksThatIsMeasuredHere() {
    assertThat(ModelPacks.at(folder).list())
        .filteredOn(pack -> pack.verified() && !pack.files().isEmpty())
        .filteredOn(ModelPack.class::isInstance)
        .isNotEmpty()
        .allSatisfy(pack -> assertThat(KnownFace.stored((ModelPack) pack)).isPresent());
  }

  @Test
  void anotherTemplateThanTheKnownOneIsFound() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder);
    float[] wrong = new float[pack.manifest().embedder().dimension()];
    wrong[0] = 1;

    Finding finding =
        ModelChecks.compared(
            Template.normalised(pack.manifest().name(), wrong),
            KnownFace.stored(pack.manifest()),
            "on cpu",
            InferenceDevice.CPU);

    assertThat(finding.verdict()).isEqualTo(Verdict.BAD);
  }
}
