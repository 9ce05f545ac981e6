package org.sightline.edge.inference.onnx;

import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_FLOAT;
import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_NAME;
import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_TYPE;
import static org.sightline.edge.models.graph.OnnxFields.ELEMENT_FLOAT;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_INITIALIZER;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_NODE;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_GRAPH;
import static org.sightline.edge.models.graph.OnnxFields.NODE_ATTRIBUTE;
import static org.sightline.edge.models.graph.OnnxFields.NODE_DOMAIN;
import static org.sightline.edge.models.graph.OnnxFields.NODE_INPUT;
import static org.sightline.edge.models.graph.OnnxFields.NODE_OPERATION;
import static org.sightline.edge.models.graph.OnnxFields.OF_FLOAT;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_EXTERNAL_DATA;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_NAME;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_RAW_DATA;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_TYPE;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks in other words for the CPU. There ONNX Runtime convolves over blocks of channels, and
 * puts a tensor back into planes, and again into blocks, for every operation that it has for planes
 * alone. PRelu is one, LeakyRelu is not, and becomes part of the convolution before it. With one
 * slope for all channels the two are the same function.
 *
 * <p>Everything else stays as it is, and so does a PRelu with a slope for each channel.
 */
final class BlockedPrelu {
  /** Reading takes several times the file's size of the heap, for a moment. */
  private static final long MAX_SIZE_BYTES = 16L << 20;

  private static final ByteString PRELU = ByteString.copyFromUtf8("PRelu");
  private static final ByteString LEAKY_RELU = ByteString.copyFromUtf8("LeakyRelu");
  private static final ByteString ALPHA = ByteString.copyFromUtf8("alpha");

  /** Of each tensor of one value that the network has as a constant, the bits of the value. */
  private final Map<ByteString, Integer> slopes = new HashMap<>();

  private boolean changed;

  private BlockedPrelu() {}

  /**
   * Opens a network that is to run on the CPU.
   *
   * @throws OrtException if the file is missing or no network
   */
  static OrtSession session(OrtEnvironment environment, Path onnx, SessionOptions options)
      throws OrtException {
    Optional<byte[]> rewritten = rewritten(onnx);
    return rewritten.isPresent()
        ? environment.createSession(rewritten.get(), options)
        : environment.createSession(onnx.toString(), options);
  }

  /**
   * Rewrites a network.
   *
   * @return the ONNX model that gives the same; empty if the file is to be used as it is, also when
   *     it cannot be read or is no network, which ONNX Runtime reports better
   */
  static Optional<byte[]> rewritten(Path onnx) {
    try {
      return Files.size(onnx) > MAX_SIZE_BYTES
          ? Optional.empty()
          : new BlockedPrelu().rewritten(UnknownFieldSet.parseFrom(Files.readAllBytes(onnx)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> rewritten(UnknownFieldSet model) throws IOException {
    List<ByteString> graphs = parts(model, MODEL_GRAPH);
    if (graphs.size() != 1) {
      return Optional.empty();
    }
    UnknownFieldSet graph = UnknownFieldSet.parseFrom(graphs.get(0));
    for (ByteString bytes : parts(graph, GRAPH_INITIALIZER)) {
      UnknownFieldSet tensor = UnknownFieldSet.parseFrom(bytes);
      if (tensor.hasField(TENSOR_EXTERNAL_DATA)) {
        return Optional.empty(); // lies beside the file, and is found by the file's path alone
      }
      keepSlope(tensor);
    }
    Field.Builder nodes = Field.newBuilder();
    for (ByteString node : parts(graph, GRAPH_NODE)) {
      nodes.addLengthDelimited(rewritten(node));
    }
    if (!changed) {
      return Optional.empty();
    }
    graph = graph.toBuilder().addField(GRAPH_NODE, nodes.build()).build();
    return Optional.of(
        model.toBuilder().addField(MODEL_GRAPH, field(graph.toByteString())).build().toByteArray());
  }

  private void keepSlope(UnknownFieldSet tensor) {
    List<ByteString> names = parts(tensor, TENSOR_NAME);
    List<ByteString> values = parts(tensor, TENSOR_RAW_DATA);
    if (tensor.getField(TENSOR_TYPE).getVarintList().equals(List.of((long) ELEMENT_FLOAT))
        && names.size() == 1
        && values.size() == 1
        && values.get(0).size() == Float.BYTES) {
      slopes.put(
          names.get(0),
          values.get(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt());
    }
  }

  private ByteString rewritten(ByteString bytes) throws IOException {
    UnknownFieldSet node = UnknownFieldSet.parseFrom(bytes);
    List<ByteString> inputs = parts(node, NODE_INPUT);
    if (!parts(node, NODE_OPERATION).equals(List.of(PRELU))
        || node.hasField(NODE_DOMAIN)
        || inputs.size() != 2) {
      return bytes;
    }
    Integer slope = slopes.get(inputs.get(1));
    if (slope == null) {
      return bytes;
    }
    changed = true;
    UnknownFieldSet alpha =
        UnknownFieldSet.newBuilder()
            .addField(ATTRIBUTE_NAME, field(ALPHA))
            .addField(ATTRIBUTE_FLOAT, Field.newBuilder().addFixed32(slope).build())
            .addField(ATTRIBUTE_TYPE, Field.newBuilder().addVarint(OF_FLOAT).build())
            .build();
    return node.toBuilder()
        .addField(NODE_INPUT, field(inputs.get(0)))
        .addField(NODE_OPERATION, field(LEAKY_RELU))
        .addField(NODE_ATTRIBUTE, field(alpha.toByteString()))
        .build()
        .toByteString();
  }

  private static List<ByteString> parts(UnknownFieldSet message, int number) {
    return message.getField(number).getLengthDelimitedList();
  }

  private static Field field(ByteString value) {
    return Field.newBuilder().addLengthDelimited(value).build();
  }
}
