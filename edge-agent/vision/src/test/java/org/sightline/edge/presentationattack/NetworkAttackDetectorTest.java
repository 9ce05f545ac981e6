package org.sightline.edge.presentationattack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.onnx.TinyNetwork;
import org.sightline.edge.models.AttackPack;
import org.sightline.edge.models.AttackPack.Network;
import org.sightline.edge.models.InstalledAttackPack;
import org.sightline.edge.models.ModelPack.ColourOrder;
import org.sightline.edge.models.ModelPack.Input;
import org.sightline.edge.models.ModelPack.PackFile;

/**
 * The rules, with networks that look at a single pixel and answer with its colour: blue, green and
 * red are the classes, and green is bona fide.
 */
class NetworkAttackDetectorTest {
  private static final String FILE = "tiny.onnx";
  private static final BoxPx FACE = new BoxPx(0, 0, 20, 20);
  private static final Offset<Double> NEARLY = Offset.offset(1e-3);

  @TempDir private Path folder;

  private InstalledAttackPack pack(Network... networks) throws Exception {
    TinyNetwork.identity(folder.resolve(FILE));
    return new InstalledAttackPack(
        new AttackPack(
            "tiny",
            "Colours",
            1,
            "MIT",
            false,
            List.of(new PackFile(FILE, "0".repeat(64), 1, "MIT", "made up", null, null)),
            List.of(networks),
            0.3),
        folder);
  }

  private static Network network(float boxScale, int sidePx) {
    Input input =
        new Input("input", ColourOrder.BGR, 1, List.of(0f, 0f, 0f), List.of(10f, 10f, 10f));
    return new Network(FILE, input, "output", sidePx, boxScale, 3, 1);
  }

  /** A green face in a corner, before something red. */
  private static BgrPicture greenFace() {
    BgrPicture picture = BgrPicture.allocate(100, 100);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        boolean face = x < 20 && y < 20;
        picture.data().put(y * picture.strideBytes() + 3 * x + (face ? 1 : 2), (byte) 200);
      }
    }
    return picture;
  }

  private static double score(InstalledAttackPack pack, BgrPicture picture) throws Exception {
    try (AttackDetector detector = NetworkAttackDetector.open(pack, Compute.cpu(1));
        PresentedFace face = detector.look(picture, FACE)) {
      return detector.assess(face).bonaFideScore();
    }
  }

  @Test
  void aScoreIsTheShareOfTheBonaFideClass() throws Exception {
    assertThat(score(pack(network(1, 1)), greenFace())).isCloseTo(1, NEARLY);
    assertThat(score(pack(network(1, 1)), BgrPicture.allocate(100, 100)))
        .isCloseTo(1.0 / 3, NEARLY);
  }

  @Test
  void aNetworkSeesAsMuchAroundTheFaceAsItsPackSays() throws Exception {
    assertThat(score(pack(network(4, 1)), greenFace())).isCloseTo(0, NEARLY);
  }

  @Test
  void theScoresOfSeveralNetworksAreAveraged() throws Exception {
    assertThat(score(pack(network(1, 1), network(4, 1)), greenFace())).isCloseTo(0.5, NEARLY);
  }

  @Test
  void aScoreBelowTheThresholdOfThePackIsSuspected() throws Exception {
    try (AttackDetector detector = NetworkAttackDetector.open(pack(network(1, 1)), Compute.cpu(1));
        PresentedFace green = detector.look(greenFace(), FACE);
        PresentedFace red = detector.look(greenFace(), new BoxPx(60, 60, 20, 20))) {
      assertThat(detector.assess(green).suspected()).isFalse();
      assertThat(detector.assess(red).suspected()).isTrue();
    }
  }

  @Test
  void oneFaceLeavesNothingBehindThatChangesTheNext() throws Exception {
    try (AttackDetector detector = NetworkAttackDetector.open(pack(network(1, 1)), Compute.cpu(1));
        PresentedFace green = detector.look(greenFace(), FACE);
        PresentedFace red = detector.look(greenFace(), new BoxPx(60, 60, 20, 20))) {
      double before = detector.assess(green).bonaFideScore();
      detector.assess(red);
      assertThat(detector.assess(green).bonaFideScore()).isEqualTo(before);
    }
  }

  @Test
  void whatWasLookedAtIsWipedWhenItIsClosed() throws Exception {
    try (AttackDetector detector =
        NetworkAttackDetector.open(pack(network(1, 1)), Compute.cpu(1))) {
      PresentedFace face = detector.look(greenFace(), FACE);
      face.close();
      assertThat(face.views())
          .singleElement()
          .satisfies(view -> assertThat(view.data().get(1)).isZero());
    }
  }

  @Test
  void aMissingFileIsRefused() throws Exception {
    InstalledAttackPack pack = pack(network(1, 1));
    Files.delete(folder.resolve(FILE));
    assertThatThrownBy(() -> NetworkAttackDetector.open(pack, Compute.cpu(1)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining(FILE);
  }

  @Test
  void aNetworkOfOtherClassesIsRefused() throws Exception {
    InstalledAttackPack pack = pack(network(1, 1), network(1, 2));
    assertThatThrownBy(() -> NetworkAttackDetector.open(pack, Compute.cpu(1)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("12 classes apart and not 3");
  }
}
