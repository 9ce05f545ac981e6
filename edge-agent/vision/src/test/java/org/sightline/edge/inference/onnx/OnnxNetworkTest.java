package org.sightline.edge.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.ModelPack.ColourOrder;
import org.sightline.edge.models.ModelPack.Input;

class OnnxNetworkTest {
  private static final Input RAW =
      new Input("input", ColourOrder.BGR, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  @TempDir Path folder;

  @Test
  void aTensorHoldsPlanesOfBytesAsTheyAre() throws Exception {
    assertThat(values(RAW, pixel(10, 20, 30))).containsExactly(10, 20, 30);
  }

  @Test
  void aTensorHoldsColourOrderScaleMeanAndDeviationOfTheManifest() throws Exception {
    Input input =
        new Input("input", ColourOrder.RGB, 0.5f, List.of(1f, 2f, 3f), List.of(2f, 4f, 8f));
    assertThat(values(input, pixel(10, 20, 30))).containsExactly(7f, 2f, 0.25f);
  }

  @Test
  void aSmallerPictureLiesInTheCornerAndTheRestIsBlack() throws Exception {
    ImageTensor tensor = new ImageTensor(RAW);
    tensor.reshape(1, 2, 2);
    tensor.set(0, grey(2, 2, 9));
    tensor.set(0, pixel(7, 7, 7));
    assertThat(run(tensor)).containsExactly(7, 0, 0, 0, 7, 0, 0, 0, 7, 0, 0, 0);
  }

  @Test
  void blackBesideASmallerPictureIsWhatTheManifestMakesOfBlack() throws Exception {
    Input input =
        new Input("input", ColourOrder.RGB, 0.5f, List.of(1f, 2f, 3f), List.of(2f, 4f, 8f));
    ImageTensor tensor = new ImageTensor(input);
    tensor.reshape(1, 1, 2);
    tensor.set(0, pixel(10, 20, 30));
    assertThat(run(tensor)).containsExactly(7f, -0.5f, 2f, -0.5f, 0.25f, -0.375f);
  }

  @Test
  void facesOfABatchKeepTheirPlaces() throws Exception {
    ImageTensor tensor = new ImageTensor(RAW);
    tensor.reshape(2, 1, 1);
    tensor.set(0, new AlignedFace(1, new byte[] {1, 2, 3}));
    tensor.set(1, new AlignedFace(1, new byte[] {4, 5, 6}));
    assertThat(run(tensor)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void everyRunOfAnyShapeGivesThatRunsValues() throws Exception {
    ImageTensor tensor = new ImageTensor(RAW);
    try (OnnxNetwork network = open(TinyNetwork.identity(folder.resolve("tiny.onnx")))) {
      for (int round = 0; round < 60; round++) {
        int side = 1 + round % 12;
        tensor.reshape(1, side, side);
        tensor.set(0, grey(side, side, round));
        FloatBuffer output = network.run(tensor).get(0);
        assertThat(output.capacity()).isEqualTo(3 * side * side);
        assertThat(output.get(0)).isEqualTo(round);
        assertThat(output.get(output.capacity() - 1)).isEqualTo(round);
      }
    }
  }

  @Test
  void wipingLeavesNoPixel() throws Exception {
    ImageTensor tensor = new ImageTensor(RAW);
    tensor.reshape(1, 4, 4);
    tensor.set(0, grey(4, 4, 200));
    tensor.wipe();
    assertThat(run(tensor)).containsOnly(0);
  }

  @Test
  void aMissingNetworkIsRefusedInOneLine() {
    assertThatThrownBy(() -> open(folder.resolve("gone.onnx")))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("a network is missing: " + folder.resolve("gone.onnx"));
  }

  @Test
  void aTruncatedOrForeignFileIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(TinyNetwork.identity(folder.resolve("tiny.onnx")));
    Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
    assertThatThrownBy(() -> open(cut)).isInstanceOf(InferenceException.class);
    assertThatThrownBy(() -> open(text))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("cannot be loaded");
  }

  @Test
  void aNetworkWithoutTheTensorsOfItsManifestIsRefused() throws Exception {
    Path file = TinyNetwork.identity(folder.resolve("tiny.onnx"));
    assertThatThrownBy(() -> OnnxNetwork.open(file, "image", List.of("output"), Compute.cpu(1)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("no float input 'image'");
    assertThatThrownBy(() -> OnnxNetwork.open(file, "input", List.of("faces"), Compute.cpu(1)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("no float output 'faces'");
  }

  private float[] values(Input input, BgrPicture picture) throws Exception {
    ImageTensor tensor = new ImageTensor(input);
    tensor.reshape(1, picture.heightPx(), picture.widthPx());
    tensor.set(0, picture);
    return run(tensor);
  }

  private float[] run(ImageTensor tensor) throws Exception {
    try (OnnxNetwork network = open(TinyNetwork.identity(folder.resolve("tiny.onnx")))) {
      FloatBuffer output = network.run(tensor).get(0);
      float[] values = new float[output.capacity()];
      output.get(0, values);
      return values;
    }
  }

  private static OnnxNetwork open(Path file) throws InferenceException {
    return OnnxNetwork.open(file, "input", List.of("output"), Compute.cpu(1));
  }

  private static BgrPicture pixel(int blue, int green, int red) {
    BgrPicture picture = BgrPicture.allocate(1, 1);
    picture.data().put(0, (byte) blue).put(1, (byte) green).put(2, (byte) red);
    return picture;
  }

  private static BgrPicture grey(int width, int height, int value) {
    BgrPicture picture = BgrPicture.allocate(width, height);
    for (int i = 0; i < picture.data().capacity(); i++) {
      picture.data().put(i, (byte) value);
    }
    return picture;
  }
}
