package org.sightline.edge.models.yunet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.SharedFiles;

class YuNetConversionTest {
  @TempDir Path folder;

  private Path onnx;

  @BeforeEach
  void aSmallNetwork() throws IOException {
    onnx = folder.resolve("small.onnx");
    write(
        model(
            reshape(), constant(DataType.INT64, 1, -1, 3), tensor("input", 1, 3, 2, 2), output()));
  }

  @ParameterizedTest
  @CsvSource({"1,640,640", "1,192,320", "1,256,256", "2,640,640", "2,192,320", "2,256,256"})
  void theZoosNetworkGivesWhatItsAuthorsNetworkWithFreeSizeGives(int batch, int height, int width)
      throws Exception {
    Path models = SharedFiles.models().resolve("detector");
    byte[] freed =
        YuNetConversion.withFreeSize(models.resolve("face_detection_yunet_2023mar.onnx"));
    byte[] authors = Files.readAllBytes(models.resolve("yunet_s_dynamic.onnx"));
    float[] pictures = new float[batch * 3 * height * width];
    Random random = new Random(5);
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextInt(256);
    }
    long[] shape = {batch, 3, height, width};

    Map<String, float[]> expected = outputs(authors, pictures, shape);
    Map<String, float[]> actual = outputs(freed, pictures, shape);

    assertThat(actual).hasSize(12).containsOnlyKeys(expected.keySet());
    actual.forEach(
        (name, values) ->
            assertThat(furthestApart(values, expected.get(name)))
                .as(name)
                .isLessThanOrEqualTo(1e-5f));
  }

  /** Of the values at the same place; in moments, other than by comparing lists of them. */
  private static float furthestApart(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float furthest = 0;
    for (int i = 0; i < actual.length; i++) {
      furthest = Math.max(furthest, Math.abs(actual[i] - expected[i]));
    }
    return furthest;
  }

  @Test
  void aFreedNetworkTakesAnySizeAndAnyBatch() throws Exception {
    float[] pixels = new float[2 * 3 * 4 * 5];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    assertThat(outputs(YuNetConversion.withFreeSize(onnx), pixels, new long[] {2, 3, 4, 5}))
        .hasEntrySatisfying("output", values -> assertThat(values).containsExactly(pixels));
  }

  @Test
  void equalInputsGiveEqualBytes() throws Exception {
    assertThat(YuNetConversion.withFreeSize(onnx)).isEqualTo(YuNetConversion.withFreeSize(onnx));
  }

  @Test
  void aFreedNetworkIsNotFreedAgain() throws Exception {
    Files.write(onnx, YuNetConversion.withFreeSize(onnx));
    assertRefused();
  }

  @Test
  void theZoosNetworkCutShortAnywhereIsRefused() throws Exception {
    byte[] whole =
        Files.readAllBytes(
            SharedFiles.models().resolve("detector/face_detection_yunet_2023mar.onnx"));
    for (int length = whole.length - 1; length > 0; length -= 4999) {
      Files.write(onnx, Arrays.copyOf(whole, length));
      assertRefused();
    }
  }

  @Test
  void aNetworkCutShortAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(onnx);
    for (int length = 0; length < whole.length; length++) {
      Files.write(onnx, Arrays.copyOf(whole, length));
      assertRefused();
    }
  }

  @Test
  void anotherNetworkIsRefused() throws IOException {
    Files.copy(
        SharedFiles.models().resolve("embedder/face-reidentification-retail-0095.onnx"),
        folder.resolve("other.onnx"));
    onnx = folder.resolve("other.onnx");
    assertRefused();
  }

  @Test
  void aReshapeToAnotherBatchIsRefused() throws IOException {
    write(
        model(
            reshape(), constant(DataType.INT64, 2, -1, 3), tensor("input", 2, 3, 2, 2), output()));
    assertRefused();
  }

  @Test
  void aReshapeToAFixedNumberOfCellsIsRefused() throws IOException {
    write(
        model(reshape(), constant(DataType.INT64, 1, 4, 3), tensor("input", 1, 3, 2, 2), output()));
    assertRefused();
  }

  @Test
  void aReshapeToAnotherNumberOfDimensionsIsRefused() throws IOException {
    write(model(reshape(), constant(DataType.INT64, 1, -1), tensor("input", 1, 3, 2, 2), output()));
    assertRefused();
  }

  @Test
  void aReshapeByAnotherTypeIsRefused() throws IOException {
    write(
        model(
            reshape(), constant(DataType.FLOAT, 1, -1, 3), tensor("input", 1, 3, 2, 2), output()));
    assertRefused();
  }

  @Test
  void aReshapeByWhatIsNoConstantIsRefused() throws IOException {
    write(
        model(
            reshape("input", "computed"),
            constant(DataType.INT64, 1, -1, 3),
            tensor("input", 1, 3, 2, 2),
            output()));
    assertRefused();
  }

  @Test
  void aReshapeWithoutAShapeIsRefused() throws IOException {
    write(
        model(
            reshape("input"),
            constant(DataType.INT64, 1, -1, 3),
            tensor("input", 1, 3, 2, 2),
            output()));
    assertRefused();
  }

  @Test
  void anInputThatIsNoPictureIsRefused() throws IOException {
    write(model(reshape(), constant(DataType.INT64, 1, -1, 3), tensor("input", 1, 3, 4), output()));
    assertRefused();
  }

  @Test
  void noiseIsRefused() throws IOException {
    Random random = new Random(7);
    byte[] noise = new byte[4096];
    for (int i = 0; i < 100; i++) {
      random.nextBytes(noise);
      Files.write(onnx, noise);
      assertRefused();
    }
  }

  @Test
  void aFileOfUnreasonableSizeIsRefused() throws IOException {
    Files.write(onnx, new byte[(4 << 20) + 1]);
    assertRefused();
  }

  private void assertRefused() {
    assertThatExceptionOfType(YuNetException.class)
        .isThrownBy(() -> YuNetConversion.withFreeSize(onnx))
        .satisfies(e -> assertThat(e.where()).isEqualTo(onnx.toString()))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  private static Map<String, float[]> outputs(byte[] network, float[] input, long[] shape)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(network);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      Map<String, float[]> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        outputs.put(output.getKey(), copy);
      }
      return outputs;
    }
  }

  private void write(ModelProto.Builder model) throws IOException {
    Files.write(onnx, model.build().toByteArray());
  }

  private static ModelProto.Builder model(
      NodeProto.Builder node,
      TensorProto.Builder constant,
      ValueInfoProto.Builder input,
      ValueInfoProto.Builder output) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addNode(node)
            .setName("small")
            .addInitializer(constant)
            .addInput(input)
            .addOutput(output);
    return ModelProto.newBuilder()
        .setIrVersion(6)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(11));
  }

  private static NodeProto.Builder reshape() {
    return reshape("input", "shape");
  }

  private static NodeProto.Builder reshape(String... inputs) {
    return NodeProto.newBuilder()
        .addAllInput(List.of(inputs))
        .addOutput("output")
        .setOpType("Reshape");
  }

  private static TensorProto.Builder constant(DataType type, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return TensorProto.newBuilder()
        .addDims(values.length)
        .setDataType(type.getNumber())
        .setName("shape")
        .setRawData(ByteString.copyFrom(raw));
  }

  private static ValueInfoProto.Builder output() {
    return tensor("output", 1, 4, 3);
  }

  private static ValueInfoProto.Builder tensor(String name, int... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int length : shape) {
      dimensions.addDimBuilder().setDimValue(length);
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type));
  }
}
