package org.sightline.edge.models.graph;

import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_INTEGER;
import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_INTEGERS;
import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_NAME;
import static org.sightline.edge.models.graph.OnnxFields.ATTRIBUTE_TYPE;
import static org.sightline.edge.models.graph.OnnxFields.DIMENSION_LENGTH;
import static org.sightline.edge.models.graph.OnnxFields.DIMENSION_NAME;
import static org.sightline.edge.models.graph.OnnxFields.ELEMENT_FLOAT;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_INITIALIZER;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_INPUT;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_NAME;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_NODE;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_OUTPUT;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_GRAPH;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_IR_VERSION;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_OPSET;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_PRODUCER;
import static org.sightline.edge.models.graph.OnnxFields.NODE_ATTRIBUTE;
import static org.sightline.edge.models.graph.OnnxFields.NODE_INPUT;
import static org.sightline.edge.models.graph.OnnxFields.NODE_OPERATION;
import static org.sightline.edge.models.graph.OnnxFields.NODE_OUTPUT;
import static org.sightline.edge.models.graph.OnnxFields.OF_INTEGER;
import static org.sightline.edge.models.graph.OnnxFields.OF_INTEGERS;
import static org.sightline.edge.models.graph.OnnxFields.OPSET_DOMAIN;
import static org.sightline.edge.models.graph.OnnxFields.OPSET_VERSION;
import static org.sightline.edge.models.graph.OnnxFields.SHAPE_DIMENSION;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_LENGTH;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_NAME;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_RAW_DATA;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_TYPE;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_TYPE_ELEMENT;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_TYPE_SHAPE;
import static org.sightline.edge.models.graph.OnnxFields.TYPE_TENSOR;
import static org.sightline.edge.models.graph.OnnxFields.VALUE_INFO_NAME;
import static org.sightline.edge.models.graph.OnnxFields.VALUE_INFO_TYPE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An ONNX model under construction, as {@code onnx.proto} lays it out. Equal calls in equal order
 * give equal bytes on every Java, and the bytes that Python's {@code onnx} package gives for them.
 */
public final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final String name;
  private final String producer;
  private final List<ProtobufMessage> nodes = new ArrayList<>();
  private final List<ProtobufMessage> initializers = new ArrayList<>();
  private final List<ProtobufMessage> inputs = new ArrayList<>();
  private final List<ProtobufMessage> outputs = new ArrayList<>();

  /**
   * Begins an empty model.
   *
   * @param producer what the file says it was made by
   */
  public OnnxGraph(String name, String producer) {
    this.name = name;
    this.producer = producer;
  }

  /** Adds an operation of one output. */
  public void node(
      String operation, List<String> from, String to, Map<String, Attribute> attributes) {
    ProtobufMessage node = new ProtobufMessage();
    from.forEach(input -> node.text(NODE_INPUT, input));
    node.text(NODE_OUTPUT, to).text(NODE_OPERATION, operation);
    new TreeMap<>(attributes)
        .forEach((key, attribute) -> node.message(NODE_ATTRIBUTE, attribute.named(key)));
    nodes.add(node);
  }

  /**
   * Adds weights.
   *
   * @param littleEndianFloats four bytes per value, the last dimension running fastest
   */
  public void initializer(String name, List<Integer> shape, byte[] littleEndianFloats) {
    initializers.add(
        new ProtobufMessage()
            .integers(TENSOR_LENGTH, shape)
            .integer(TENSOR_TYPE, ELEMENT_FLOAT)
            .text(TENSOR_NAME, name)
            .bytes(TENSOR_RAW_DATA, littleEndianFloats));
  }

  /**
   * Adds the input.
   *
   * @param shape without the first dimension, which is left free
   */
  public void input(String name, List<Integer> shape) {
    inputs.add(tensor(name, shape));
  }

  /**
   * Adds the output.
   *
   * @param shape without the first dimension, which is left free
   */
  public void output(String name, List<Integer> shape) {
    outputs.add(tensor(name, shape));
  }

  private static ProtobufMessage tensor(String name, List<Integer> shape) {
    ProtobufMessage dimensions =
        new ProtobufMessage()
            .message(SHAPE_DIMENSION, new ProtobufMessage().text(DIMENSION_NAME, "N"));
    shape.forEach(
        length ->
            dimensions.message(
                SHAPE_DIMENSION, new ProtobufMessage().integer(DIMENSION_LENGTH, length)));
    ProtobufMessage type =
        new ProtobufMessage()
            .integer(TENSOR_TYPE_ELEMENT, ELEMENT_FLOAT)
            .message(TENSOR_TYPE_SHAPE, dimensions);
    return new ProtobufMessage()
        .text(VALUE_INFO_NAME, name)
        .message(VALUE_INFO_TYPE, new ProtobufMessage().message(TYPE_TENSOR, type));
  }

  /** The whole model. */
  public byte[] toByteArray() {
    ProtobufMessage graph =
        new ProtobufMessage()
            .messages(GRAPH_NODE, nodes)
            .text(GRAPH_NAME, name)
            .messages(GRAPH_INITIALIZER, initializers)
            .messages(GRAPH_INPUT, inputs)
            .messages(GRAPH_OUTPUT, outputs);
    return new ProtobufMessage()
        .integer(MODEL_IR_VERSION, IR_VERSION)
        .text(MODEL_PRODUCER, producer)
        .message(MODEL_GRAPH, graph)
        .message(
            MODEL_OPSET, new ProtobufMessage().text(OPSET_DOMAIN, "").integer(OPSET_VERSION, OPSET))
        .toByteArray();
  }

  /** An attribute of an operation. */
  public static final class Attribute {
    private final UnaryOperator<ProtobufMessage> value;

    private Attribute(UnaryOperator<ProtobufMessage> value) {
      this.value = value;
    }

    public static Attribute of(int value) {
      return new Attribute(
          message -> message.integer(ATTRIBUTE_INTEGER, value).integer(ATTRIBUTE_TYPE, OF_INTEGER));
    }

    public static Attribute of(List<Integer> values) {
      return new Attribute(
          message ->
              message.integers(ATTRIBUTE_INTEGERS, values).integer(ATTRIBUTE_TYPE, OF_INTEGERS));
    }

    private ProtobufMessage named(String name) {
      return value.apply(new ProtobufMessage().text(ATTRIBUTE_NAME, name));
    }
  }
}
