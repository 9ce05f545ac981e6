package org.sightline.edge.models.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An ONNX model under construction. Equal calls in equal order give equal bytes on every Java, and
 * the bytes that Python's {@code onnx} package gives for them.
 */
public final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final String producer;
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  /**
   * Begins an empty model.
   *
   * @param producer what the file says it was made by
   */
  public OnnxGraph(String name, String producer) {
    this.producer = producer;
    graph.setName(name);
  }

  /** Adds an operation of one output. */
  public void node(
      String operation, List<String> from, String to, Map<String, Attribute> attributes) {
    NodeProto.Builder node =
        graph.addNodeBuilder().addAllInput(from).addOutput(to).setOpType(operation);
    new TreeMap<>(attributes)
        .forEach((key, attribute) -> node.addAttribute(attribute.value.toBuilder().setName(key)));
  }

  /**
   * Adds weights.
   *
   * @param littleEndianFloats four bytes per value, the last dimension running fastest
   */
  public void initializer(String name, List<Integer> shape, byte[] littleEndianFloats) {
    graph
        .addInitializerBuilder()
        .addAllDims(longs(shape))
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .setName(name)
        .setRawData(ByteString.copyFrom(littleEndianFloats));
  }

  /**
   * Adds the input.
   *
   * @param shape without the first dimension, which is left free
   */
  public void input(String name, List<Integer> shape) {
    graph.addInput(tensor(name, shape));
  }

  /**
   * Adds the output.
   *
   * @param shape without the first dimension, which is left free
   */
  public void output(String name, List<Integer> shape) {
    graph.addOutput(tensor(name, shape));
  }

  private static ValueInfoProto tensor(String name, List<Integer> shape) {
    TensorShapeProto.Builder dimensions =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
    shape.forEach(length -> dimensions.addDim(Dimension.newBuilder().setDimValue(length)));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private static List<Long> longs(List<Integer> values) {
    return values.stream().map(Integer::longValue).toList();
  }

  /** The whole model. */
  public byte[] toByteArray() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName(producer)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .build()
        .toByteArray();
  }

  /** An attribute of an operation. */
  public static final class Attribute {
    private final AttributeProto value;

    private Attribute(AttributeProto.Builder value) {
      this.value = value.build();
    }

    public static Attribute of(int value) {
      return new Attribute(AttributeProto.newBuilder().setType(AttributeType.INT).setI(value));
    }

    public static Attribute of(List<Integer> values) {
      return new Attribute(
          AttributeProto.newBuilder().setType(AttributeType.INTS).addAllInts(longs(values)));
    }
  }
}
