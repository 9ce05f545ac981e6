package org.sightline.edge.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.models.graph.OnnxGraph;
import org.sightline.edge.models.graph.OnnxGraph.Attribute;

class BlockedPreluTest {
  private static final int CHANNELS = 32;
  private static final int SIDE_PX = 8;

  private final Random random = new Random(95);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(floats = {0.25f, 0, 1, 3.7f, -2.3f})
  void theRewrittenNetworkGivesTheSame(float slope) throws Exception {
    Path network = networkOf(List.of(1), List.of(slope));
    float[] input = noise(2 * 3 * SIDE_PX * SIDE_PX, 1);

    float[] rewritten = run(rewritten(network), input, SIDE_PX);

    assertThat(rewritten)
        .containsExactly(run(Files.readAllBytes(network), input, SIDE_PX), withPrecision(1e-5f));
  }

  @Test
  void noPreluOfOneSlopeIsLeft() throws Exception {
    byte[] rewritten = rewritten(networkOf(List.of(1), List.of(0.25f)));

    assertThat(new String(rewritten, StandardCharsets.ISO_8859_1))
        .contains("LeakyRelu")
        .doesNotContain("PRelu");
  }

  @ParameterizedTest
  @MethodSource
  void aNetworkWithoutPreluOfOneSlopeIsUsedAsItIs(List<Integer> shape, int slopes)
      throws Exception {
    Path network = networkOf(shape, Stream.generate(() -> 0.25f).limit(slopes).toList());

    assertThat(BlockedPrelu.rewritten(network)).isEmpty();
  }

  static Stream<Arguments> aNetworkWithoutPreluOfOneSlopeIsUsedAsItIs() {
    return Stream.of(
        Arguments.of(List.of(CHANNELS, 1, 1), CHANNELS), // one for each channel
        Arguments.of(List.of(1, SIDE_PX), SIDE_PX)); // one for each column
  }

  @Test
  void aSlopeThatIsComputedIsLeft() throws Exception {
    OnnxGraph graph = new OnnxGraph("computed", "test");
    graph.input("input", List.of(1));
    graph.node("Identity", List.of("input"), "slope", Map.of());
    graph.node("PRelu", List.of("input", "slope"), "output", Map.of());
    graph.output("output", List.of(1));

    assertThat(BlockedPrelu.rewritten(write(graph))).isEmpty();
  }

  @Test
  void aNetworkWithoutPreluIsUsedAsItIs() throws Exception {
    assertThat(BlockedPrelu.rewritten(TinyNetwork.identity(folder.resolve("tiny.onnx")))).isEmpty();
  }

  @Test
  void whatIsNoNetworkIsLeftForOnnxRuntimeToRefuse() throws Exception {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");

    assertThat(BlockedPrelu.rewritten(text)).isEmpty();
    assertThat(BlockedPrelu.rewritten(folder.resolve("gone.onnx"))).isEmpty();
  }

  @Test
  void theNetworkForRealFacesGivesTheSameTemplates() throws Exception {
    Path network = SharedFiles.models().resolve("embedder/face-reidentification-retail-0095.onnx");
    float[] faces = noise(2 * 3 * 128 * 128, 255);

    float[] rewritten = run(rewritten(network), faces, 128);
    float[] original = run(Files.readAllBytes(network), faces, 128);

    normalise(rewritten);
    normalise(original);
    assertThat(rewritten).containsExactly(original, withPrecision(1e-5f));
  }

  /** A convolution to blocks of channels, a PRelu, and one convolution more. */
  private Path networkOf(List<Integer> slopeShape, List<Float> slopes) throws Exception {
    OnnxGraph graph = new OnnxGraph("prelu", "test");
    graph.input("input", List.of(3, SIDE_PX, SIDE_PX));
    convolution(graph, "input", 3, "first", CHANNELS);
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * slopes.size()).order(ByteOrder.LITTLE_ENDIAN);
    slopes.forEach(bytes::putFloat);
    graph.initializer("slope", slopeShape, bytes.array());
    graph.node("PRelu", List.of("first", "slope"), "bent", Map.of());
    convolution(graph, "bent", CHANNELS, "output", CHANNELS);
    graph.output("output", List.of(CHANNELS, SIDE_PX, SIDE_PX));
    return write(graph);
  }

  private void convolution(OnnxGraph graph, String from, int channels, String to, int filters) {
    ByteBuffer weights =
        ByteBuffer.allocate(Float.BYTES * filters * channels * 9).order(ByteOrder.LITTLE_ENDIAN);
    while (weights.hasRemaining()) {
      weights.putFloat((random.nextFloat() - 0.5f) / (3 * channels));
    }
    graph.initializer(to + "-weights", List.of(filters, channels, 3, 3), weights.array());
    graph.node(
        "Conv",
        List.of(from, to + "-weights"),
        to,
        Map.of("pads", Attribute.of(List.of(1, 1, 1, 1))));
  }

  private Path write(OnnxGraph graph) throws Exception {
    return Files.write(folder.resolve("network.onnx"), graph.toByteArray());
  }

  private static byte[] rewritten(Path network) {
    return BlockedPrelu.rewritten(network).orElseThrow();
  }

  private float[] noise(int count, float largest) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * largest;
    }
    return values;
  }

  /** The output for a batch of two. */
  private static float[] run(byte[] onnx, float[] input, int sidePx) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions();
        OrtSession session = environment.createSession(onnx, options);
        OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(input), new long[] {2, 3, sidePx, sidePx});
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[output.remaining()];
      output.get(values);
      return values;
    }
  }

  private static void normalise(float[] templates) {
    int dimension = templates.length / 2;
    for (int from = 0; from < templates.length; from += dimension) {
      double sum = 0;
      for (int i = from; i < from + dimension; i++) {
        sum += templates[i] * templates[i];
      }
      for (int i = from; i < from + dimension; i++) {
        templates[i] /= (float) Math.sqrt(sum);
      }
    }
  }
}
