package org.sightline.edge.inference.openvino;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ONNX model under construction, as {@code onnx.proto} lays it out. Equal calls in equal order
 * give equal bytes on every Java, and the bytes that Python's {@code onnx} package gives for them.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPSET_VERSION = 13;
  private static final int FLOAT = 1;

  private final List<ProtobufMessage> nodes = new ArrayList<>();
  private final List<ProtobufMessage> initializers = new ArrayList<>();
  private final List<ProtobufMessage> inputs = new ArrayList<>();
  private final List<ProtobufMessage> outputs = new ArrayList<>();

  void node(String operation, List<String> from, String to, Map<String, Attribute> attributes) {
    ProtobufMessage node = new ProtobufMessage();
    from.forEach(name -> node.text(1, name));
    node.text(2, to).text(4, operation);
    new TreeMap<>(attributes).forEach((name, attribute) -> node.message(5, attribute.named(name)));
    nodes.add(node);
  }

  void initializer(String name, Constant constant) {
    initializers.add(
        new ProtobufMessage()
            .integers(1, constant.shape())
            .integer(2, FLOAT)
            .text(8, name)
            .bytes(9, constant.littleEndianFloats()));
  }

  /**
   * Adds the input.
   *
   * @param shape without the first dimension, which is left free
   */
  void input(String name, List<Integer> shape) {
    inputs.add(tensor(name, shape));
  }

  /**
   * Adds the output.
   *
   * @param shape without the first dimension, which is left free
   */
  void output(String name, List<Integer> shape) {
    outputs.add(tensor(name, shape));
  }

  private static ProtobufMessage tensor(String name, List<Integer> shape) {
    ProtobufMessage dimensions =
        new ProtobufMessage().message(1, new ProtobufMessage().text(2, "N"));
    shape.forEach(length -> dimensions.message(1, new ProtobufMessage().integer(1, length)));
    ProtobufMessage type = new ProtobufMessage().integer(1, FLOAT).message(2, dimensions);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, type));
  }

  byte[] toByteArray() {
    ProtobufMessage graph =
        new ProtobufMessage()
            .messages(1, nodes)
            .text(2, "ir")
            .messages(5, initializers)
            .messages(11, inputs)
            .messages(12, outputs);
    return new ProtobufMessage()
        .integer(1, IR_VERSION)
        .text(2, "ir2onnx")
        .message(7, graph)
        .message(8, new ProtobufMessage().text(1, "").integer(2, OPSET_VERSION))
        .toByteArray();
  }

  /** An attribute of an operation. */
  interface Attribute {
    ProtobufMessage named(String name);

    static Attribute of(int value) {
      return name -> new ProtobufMessage().text(1, name).integer(3, value).integer(20, 2);
    }

    static Attribute of(List<Integer> values) {
      return name -> new ProtobufMessage().text(1, name).integers(8, values).integer(20, 7);
    }
  }
}
