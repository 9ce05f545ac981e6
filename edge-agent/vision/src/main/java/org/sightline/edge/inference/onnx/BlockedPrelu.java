package org.sightline.edge.inference.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
          : rewritten(ModelProto.parseFrom(Files.readAllBytes(onnx)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> rewritten(ModelProto model) {
    GraphProto graph = model.getGraph();
    if (graph.getInitializerList().stream().anyMatch(tensor -> tensor.getExternalDataCount() > 0)) {
      return Optional.empty(); // lies beside the file, and is found by the file's path alone
    }
    Map<String, Float> slopes = slopes(graph);
    GraphProto.Builder rewritten = graph.toBuilder();
    boolean changed = false;
    for (int i = 0; i < graph.getNodeCount(); i++) {
      NodeProto node = graph.getNode(i);
      if (node.getOpType().equals("PRelu") && !node.hasDomain() && node.getInputCount() == 2) {
        Float slope = slopes.get(node.getInput(1));
        if (slope != null) {
          rewritten.setNode(i, leakyRelu(node, slope));
          changed = true;
        }
      }
    }
    return changed
        ? Optional.of(model.toBuilder().setGraph(rewritten).build().toByteArray())
        : Optional.empty();
  }

  /** Of each tensor of one value that the network has as a constant, the value. */
  private static Map<String, Float> slopes(GraphProto graph) {
    Map<String, Float> slopes = new HashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      ByteString value = tensor.getRawData();
      if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE && value.size() == Float.BYTES) {
        slopes.put(
            tensor.getName(),
            value.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat());
      }
    }
    return slopes;
  }

  private static NodeProto leakyRelu(NodeProto prelu, float slope) {
    return prelu.toBuilder()
        .clearInput()
        .addInput(prelu.getInput(0))
        .setOpType("LeakyRelu")
        .clearAttribute()
        .addAttribute(
            AttributeProto.newBuilder().setName("alpha").setType(AttributeType.FLOAT).setF(slope))
        .build();
  }
}
