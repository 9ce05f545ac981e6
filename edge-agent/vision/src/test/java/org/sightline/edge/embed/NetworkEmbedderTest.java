package org.sightline.edge.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.Template;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.InstalledPack;

class NetworkEmbedderTest {
  @TempDir Path folder;

  @Test
  void aFaceGetsTheSameTemplateAloneAndInAnyBatch() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder);
    List<AlignedFace> faces = noise(19);
    try (FaceEmbedder embedder =
        FaceEmbedders.open(pack.manifest(), pack.folder(), Compute.cpu(1))) {
      List<Template> together = embedder.embed(faces);
      assertThat(together).hasSize(19);
      for (int i = 0; i < faces.size(); i += 6) {
        Template alone = embedder.embed(List.of(faces.get(i))).get(0);
        assertThat(alone.similarityTo(together.get(i)).cosine()).isGreaterThan(0.9999);
        assertThat(alone.modelPack()).isEqualTo("retail-0095");
      }
      assertThat(embedder.embed(List.of())).isEmpty();
    }
  }

  @Test
  void aMissingNetworkIsRefusedInOneLine() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder);
    Files.delete(pack.folder().resolve("face-reidentification-retail-0095.onnx"));
    assertThatThrownBy(() -> FaceEmbedders.open(pack.manifest(), pack.folder(), Compute.cpu(1)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("a network is missing");
  }

  @Test
  void aDetectorIsNoEmbedder() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder);
    Path embedder = pack.folder().resolve("face-reidentification-retail-0095.onnx");
    Files.delete(embedder);
    Files.copy(pack.folder().resolve("yunet_s_dynamic.onnx"), embedder);
    assertThatThrownBy(() -> FaceEmbedders.open(pack.manifest(), pack.folder(), Compute.cpu(1)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("no float output 'embedding'");
  }

  private static List<AlignedFace> noise(int count) {
    Random random = new Random(4);
    List<AlignedFace> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[3 * 128 * 128];
      random.nextBytes(pixels);
      faces.add(new AlignedFace(128, pixels));
    }
    return faces;
  }
}
