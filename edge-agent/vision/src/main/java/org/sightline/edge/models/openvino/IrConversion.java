package org.sightline.edge.models.openvino;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.models.graph.OnnxGraph;
import org.sightline.edge.models.graph.OnnxGraph.Attribute;

/**
 * Converts a network from OpenVINO's IR to ONNX: the operations that the networks in our packs are
 * made of, weights of half or single precision, one input and one output, both with a free first
 * dimension. Anything else is refused rather than guessed.
 */
public final class IrConversion {
  private static final long MAX_WEIGHTS_BYTES = 128L << 20;

  /** Of channels chosen by number. */
  private static final int MAX_INDICES = 64;

  private final Path xml;
  private final ByteBuffer weights;
  private final OnnxGraph graph = new OnnxGraph("ir", "ir2onnx");
  private final Map<Integer, Constant> constants = new HashMap<>();
  private final Map<Integer, List<Integer>> indices = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private long constantBytes;
  private @Nullable Layer parameter;
  private @Nullable Layer result;

  private IrConversion(Path xml, ByteBuffer weights) {
    this.xml = xml;
    this.weights = weights;
  }

  /**
   * Converts one network. Equal inputs give equal bytes.
   *
   * @return the ONNX model, with input {@code input} and output {@code embedding}
   */
  public static byte[] toOnnx(Path xml, Path bin) throws IrException, IOException {
    List<Layer> layers = IrReader.layers(xml);
    if (Files.size(bin) > MAX_WEIGHTS_BYTES) {
      throw new IrException(
          "the weights are larger than " + (MAX_WEIGHTS_BYTES >> 20) + " MiB",
          bin.toString(),
          null);
    }
    return new IrConversion(xml, ByteBuffer.wrap(Files.readAllBytes(bin))).converted(layers);
  }

  private byte[] converted(List<Layer> layers) throws IrException {
    for (Layer layer : layers) {
      convert(layer);
    }
    if (parameter == null || result == null) {
      throw unusable("the network has no input or no output");
    }
    Layer last = layers.get(result.inputs().get(0));
    int dimension = 1;
    for (int length : withoutBatch(last.outputShape())) {
      dimension *= length;
    }
    graph.node("Flatten", List.of(tensor(last.id())), "embedding", Map.of("axis", Attribute.of(1)));
    graph.input("input", withoutBatch(integers(parameter, "shape")));
    graph.output("embedding", List.of(dimension));
    return graph.toByteArray();
  }

  private void convert(Layer layer) throws IrException {
    switch (layer.type()) {
      case "Parameter" -> {
        require(parameter == null, "the network has several inputs");
        require("f32".equals(layer.data().get("element_type")), "the input is not of f32");
        parameter = layer;
        names.put(layer.id(), "input");
      }
      case "Result" -> {
        require(result == null, "the network has several outputs");
        inputs(layer, 1);
        result = layer;
      }
      case "Const" -> constant(layer);
      case "Convert" -> {
        require("f32".equals(layer.data().get("destination_type")), "a conversion is not to f32");
        constants.put(layer.id(), weight(inputs(layer, 1).get(0)));
      }
      case "Convolution" -> {
        Constant weight = weight(inputs(layer, 2).get(1));
        convolution(layer, weight, 1);
      }
      case "GroupConvolution" -> {
        Constant weight = weight(inputs(layer, 2).get(1));
        List<Integer> shape = weight.shape();
        require(shape.size() == 5, "a grouped convolution's weights do not have five dimensions");
        List<Integer> joined = new ArrayList<>(shape.subList(1, shape.size()));
        joined.set(0, shape.get(0) * shape.get(1));
        convolution(layer, weight.reshaped(joined), shape.get(0));
      }
      case "PReLU" -> {
        Constant slope = weight(inputs(layer, 2).get(1));
        require(slope.shape().size() == 1, "a slope does not have one dimension");
        int channels = slope.shape().get(0);
        String name = "w" + layer.id();
        initializer(name, channels == 1 ? slope : slope.reshaped(List.of(channels, 1, 1)));
        node("PRelu", layer, List.of(tensor(layer.inputs().get(0)), name), Map.of());
      }
      case "Add" -> elementwise("Add", layer);
      case "Subtract" -> elementwise("Sub", layer);
      case "Multiply" -> elementwise("Mul", layer);
      case "Gather" -> channels(layer);
      case "MaxPool" -> maximumPool(layer);
      case "Sigmoid" -> node("Sigmoid", layer, List.of(tensor(inputs(layer, 1).get(0))), Map.of());
      case "AvgPool" -> averagePool(layer);
      default -> throw unusable("an operation is not converted: layer " + layer.id());
    }
  }

  private void convolution(Layer layer, Constant weight, int groups) throws IrException {
    require(weight.shape().size() == 4, "a convolution's weights do not have four dimensions");
    String name = "w" + layer.id();
    initializer(name, weight);
    Map<String, Attribute> attributes = window(layer);
    attributes.put("kernel_shape", Attribute.of(weight.shape().subList(2, 4)));
    attributes.put("dilations", Attribute.of(integers(layer, "dilations")));
    attributes.put("group", Attribute.of(groups));
    node("Conv", layer, List.of(tensor(layer.inputs().get(0)), name), attributes);
  }

  private void averagePool(Layer layer) throws IrException {
    Map<String, Attribute> attributes = window(layer);
    attributes.put("kernel_shape", Attribute.of(integers(layer, "kernel")));
    attributes.put(
        "ceil_mode", Attribute.of("ceil".equals(layer.data().get("rounding_type")) ? 1 : 0));
    attributes.put(
        "count_include_pad", Attribute.of("true".equals(layer.data().get("exclude-pad")) ? 0 : 1));
    node("AveragePool", layer, List.of(tensor(inputs(layer, 1).get(0))), attributes);
  }

  private void maximumPool(Layer layer) throws IrException {
    Map<String, Attribute> attributes = window(layer);
    attributes.put("kernel_shape", Attribute.of(integers(layer, "kernel")));
    attributes.put(
        "ceil_mode", Attribute.of("ceil".equals(layer.data().get("rounding_type")) ? 1 : 0));
    require(
        !layer.data().containsKey("dilations")
            || integers(layer, "dilations").stream().allMatch(dilation -> dilation == 1),
        "a maximum is taken of what is not side by side");
    node("MaxPool", layer, List.of(tensor(inputs(layer, 1).get(0))), attributes);
  }

  /** Channels in another order, as a convolution of one pixel: one operation less to know. */
  private void channels(Layer layer) throws IrException {
    List<Integer> inputs = inputs(layer, 3);
    require(
        List.of(1).equals(indices.get(inputs.get(2))), "something else than channels is chosen");
    List<Integer> order = indices.getOrDefault(inputs.get(1), List.of());
    int count = order.size();
    require(
        order.stream().allMatch(channel -> channel >= 0 && channel < count),
        "a channel is chosen that is not there");
    require(
        layer.outputShape().size() == 4 && layer.outputShape().get(1) == count,
        "the order of the channels does not name all of them");
    ByteBuffer weight =
        ByteBuffer.allocate(count * count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int to = 0; to < count; to++) {
      weight.putFloat((to * count + order.get(to)) * Float.BYTES, 1);
    }
    String name = "w" + layer.id();
    initializer(name, new Constant(List.of(count, count, 1, 1), weight.array()));
    node("Conv", layer, List.of(tensor(inputs.get(0)), name), Map.of());
  }

  private Map<String, Attribute> window(Layer layer) throws IrException {
    require(
        List.of("explicit", "notset").contains(layer.data().getOrDefault("auto_pad", "explicit")),
        "padding is not given as numbers");
    List<Integer> pads = new ArrayList<>(integers(layer, "pads_begin"));
    pads.addAll(integers(layer, "pads_end"));
    Map<String, Attribute> attributes = new HashMap<>();
    attributes.put("pads", Attribute.of(pads));
    attributes.put("strides", Attribute.of(integers(layer, "strides")));
    return attributes;
  }

  private void elementwise(String operation, Layer layer) throws IrException {
    require(
        "numpy".equals(layer.data().getOrDefault("auto_broadcast", "numpy")),
        "a broadcast is not as in numpy");
    List<Integer> inputs = inputs(layer, 2);
    String first = tensor(inputs.get(0));
    node(operation, layer, List.of(first, tensor(inputs.get(1))), Map.of());
  }

  private void node(
      String operation, Layer layer, List<String> from, Map<String, Attribute> attributes) {
    String name = "t" + layer.id();
    graph.node(operation, from, name, attributes);
    names.put(layer.id(), name);
  }

  /** The name of a layer's output; weights become part of the graph when they are first named. */
  private String tensor(int id) throws IrException {
    String name = names.get(id);
    if (name == null) {
      name = "w" + id;
      initializer(name, weight(id));
      names.put(id, name);
    }
    return name;
  }

  private void initializer(String name, Constant constant) {
    graph.initializer(name, constant.shape(), constant.littleEndianFloats());
  }

  private Constant weight(int id) throws IrException {
    Constant constant = constants.get(id);
    if (constant == null) {
      throw unusable("layer " + id + " gives no weights");
    }
    return constant;
  }

  private void constant(Layer layer) throws IrException {
    List<Integer> shape = integers(layer, "shape");
    switch (layer.data().getOrDefault("element_type", "")) {
      case "f16" ->
          constants.put(layer.id(), Constant.ofHalves(shape, values(layer, shape, Short.BYTES)));
      case "f32" -> {
        ByteBuffer values = values(layer, shape, Float.BYTES);
        byte[] floats = new byte[values.remaining()];
        values.get(floats);
        constants.put(layer.id(), new Constant(shape, floats));
      }
      case "i32" -> {
        ByteBuffer values = values(layer, shape, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        require(values.remaining() <= MAX_INDICES * Integer.BYTES, "there are too many indices");
        List<Integer> read = new ArrayList<>();
        while (values.hasRemaining()) {
          read.add(values.getInt());
        }
        indices.put(layer.id(), read);
      }
      default -> throw unusable("weights are of neither f16, f32 nor i32");
    }
  }

  private ByteBuffer values(Layer layer, List<Integer> shape, int bytesEach) throws IrException {
    long values = 1;
    for (int length : shape) {
      values = length > 0 ? values * length : 0;
      require(values > 0 && values <= MAX_WEIGHTS_BYTES, "weights have an impossible shape");
    }
    long offset = number(layer, "offset");
    long size = number(layer, "size");
    require(size == bytesEach * values, "the size of the weights does not match their shape");
    require(offset >= 0 && offset <= weights.capacity() - size, "weights lie outside their file");
    constantBytes += size;
    require(constantBytes <= MAX_WEIGHTS_BYTES, "the weights are unreasonably large");
    return weights.slice((int) offset, (int) size);
  }

  private List<Integer> inputs(Layer layer, int count) throws IrException {
    require(layer.inputs().size() == count, "an operation has a wrong number of inputs");
    return layer.inputs();
  }

  private List<Integer> withoutBatch(List<Integer> shape) throws IrException {
    require(shape.size() > 1, "an input or output has too few dimensions");
    for (int length : shape) {
      require(length > 0 && length <= 1 << 14, "an input or output has an impossible shape");
    }
    return shape.subList(1, shape.size());
  }

  private List<Integer> integers(Layer layer, String key) throws IrException {
    List<Integer> values = new ArrayList<>();
    for (String part : value(layer, key).split(",", -1)) {
      try {
        values.add(Integer.parseInt(part.strip()));
      } catch (NumberFormatException e) {
        throw unusable("layer " + layer.id() + " has a malformed " + key);
      }
    }
    return values;
  }

  private long number(Layer layer, String key) throws IrException {
    try {
      return Long.parseLong(value(layer, key));
    } catch (NumberFormatException e) {
      throw unusable("layer " + layer.id() + " has a malformed " + key);
    }
  }

  private String value(Layer layer, String key) throws IrException {
    String value = layer.data().get(key);
    if (value == null) {
      throw unusable("layer " + layer.id() + " lacks " + key);
    }
    return value;
  }

  private void require(boolean holds, String otherwise) throws IrException {
    if (!holds) {
      throw unusable(otherwise);
    }
  }

  private IrException unusable(String what) {
    return new IrException(what, xml.toString(), null);
  }
}
