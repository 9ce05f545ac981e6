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
import org.sightline.edge.domain.Face;
import org.sightline.edge.fieldtest.generate.Truth.FaceInFrame;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/** The truth of a scene against what the built-in detector sees in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilmTest {
  private static final List<Scene> SCENES = List.of(large(31), large(41));
  private static final float AGREED_OVERLAP = 0.35f;

  private int large;
  private int largeFound;
  private int seen;
  private int seenTruly;
  private final List<Float> overlaps = new ArrayList<>();

  @BeforeAll
  void search() throws Exception {
    ModelPack pack = ModelPacks.at(Path.of("none")).manifest("builtin");
    try (FaceDetector detector =
        FaceDetectors.open(
            pack, Path.of("none"), new DetectionSettings(40, 1280 * 720, true, Compute.cpu(1)))) {
      for (Scene scene : SCENES) {
        Film film = new Film(scene, new DrawnCast(), scene.walks(1));
        for (int frame = 0; frame < scene.frames(); frame++) {
          List<FaceInFrame> truth = film.paint(frame);
          List<Face> faces =
              detector.detect(
                  DrawnPicture.of(
                      film.canvas(), scene.video().widthPx(), scene.video().heightPx()));
          compare(truth, faces);
        }
      }
    }
  }

  private void compare(List<FaceInFrame> truth, List<Face> faces) {
    for (Face face : faces) {
      seen++;
      seenTruly += truth.stream().anyMatch(each -> overlap(each, face) > 0) ? 1 : 0;
    }
    truth.stream().filter(FaceInFrame::visible).forEach(each -> compare(each, faces));
  }

  private void compare(FaceInFrame truth, List<Face> faces) {
    float best = (float) faces.stream().mapToDouble(face -> overlap(truth, face)).max().orElse(0);
    if (best > AGREED_OVERLAP) {
      overlaps.add(best);
    }
    if (truth.box().height() >= 60) {
      large++;
      largeFound += best > AGREED_OVERLAP ? 1 : 0;
    }
  }

  private static float overlap(FaceInFrame truth, Face face) {
    return face.box().overlapWith(truth.box());
  }

  @Test
  void nineteenOfTwentyFacesOfSixtyPixelsAreFound() {
    assertThat(large).isGreaterThan(10);
    assertThat(largeFound).isGreaterThanOrEqualTo(Math.round(0.95f * large));
  }

  @Test
  void theDetectorsBoxesLieOnTheTrueOnes() {
    assertThat(overlaps.stream().mapToDouble(each -> each).average().orElse(0)).isGreaterThan(0.65);
  }

  @Test
  void hardlyAnythingElseLooksLikeAFace() {
    assertThat(seen - seenTruly).isLessThanOrEqualTo(seen / 10);
  }

  private static Scene large(long seed) {
    return new SampleScene(seed).size(1280, 720).framesPerSecond(2).people(5).noise(0).build();
  }
}
