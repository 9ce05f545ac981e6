package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/**
 * Drawn people distinguished by the built-in engine, at the threshold that its calibration gives.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparationTest {
  private static final int PEOPLE = 16;
  private static final int STREET_PICTURES = 4;

  private final Studio studio = new Studio(new DrawnCast());
  private final List<Template> portraits = new ArrayList<>();
  private final List<Template> passes = new ArrayList<>();
  private Similarity threshold = new Similarity(1);

  @BeforeAll
  void enrolAndPass() throws Exception {
    ModelPack pack = ModelPacks.at(Path.of("none")).manifest("builtin");
    Calibration calibration =
        pack.calibrations().stream()
            .filter(each -> each.population().equals(Generator.POPULATION))
            .findFirst()
            .orElseThrow();
    threshold = Threshold.derive(calibration, PEOPLE, 1, new Similarity(-1)).similarity();
    try (FaceDetector detector =
            FaceDetectors.open(pack, Path.of("none"), DetectionSettings.stills(Compute.cpu(1)));
        FaceEmbedder embedder = FaceEmbedders.open(pack, Path.of("none"), Compute.cpu(1))) {
      for (int i = 0; i < PEOPLE; i++) {
        long person = Draw.seed(99, i);
        portraits.add(fused(detector, embedder, person, 0, 1));
        passes.add(fused(detector, embedder, person, 1, STREET_PICTURES));
      }
    }
  }

  private Template fused(
      FaceDetector detector, FaceEmbedder embedder, long person, int first, int count) {
    float[] sum = new float[embedder.dimension()];
    for (int i = first; i < first + count; i++) {
      Draw draw = Draw.of(person, 100 + i);
      Look look = i == 0 ? Look.portrait(draw) : Look.street(draw);
      BgrPicture picture = DrawnPicture.of(studio.picture(person, look, 110, draw));
      for (Face face : detector.detect(picture)) {
        try (AlignedFace aligned = embedder.align(picture, face.landmarks())) {
          embedder.embed(List.of(aligned)).get(0).addTo(sum, 1);
        }
      }
    }
    return Template.normalised(embedder.modelPack(), sum);
  }

  @Test
  void nearlyEverybodyIsRecognisedFromAPass() {
    int recognised = 0;
    for (int i = 0; i < PEOPLE; i++) {
      recognised += passes.get(i).similarityTo(portraits.get(i)).reaches(threshold) ? 1 : 0;
    }
    assertThat(recognised).isGreaterThanOrEqualTo(PEOPLE - 2);
  }

  @Test
  void nobodyIsTakenForSomebodyElse() {
    for (int i = 0; i < PEOPLE; i++) {
      for (int j = 0; j < PEOPLE; j++) {
        if (i != j) {
          assertThat(passes.get(i).similarityTo(portraits.get(j)).reaches(threshold)).isFalse();
        }
      }
    }
  }
}
