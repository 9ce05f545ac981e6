package org.sightline.edge.models.yunet;

import static org.sightline.edge.models.graph.OnnxFields.ELEMENT_INT64;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_INITIALIZER;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_INPUT;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_NODE;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_OUTPUT;
import static org.sightline.edge.models.graph.OnnxFields.GRAPH_VALUE_INFO;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_GRAPH;
import static org.sightline.edge.models.graph.OnnxFields.MODEL_OPSET;
import static org.sightline.edge.models.graph.OnnxFields.NODE_INPUT;
import static org.sightline.edge.models.graph.OnnxFields.NODE_OPERATION;
import static org.sightline.edge.models.graph.OnnxFields.SHAPE_DIMENSION;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_NAME;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_RAW_DATA;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_TYPE;
import static org.sightline.edge.models.graph.OnnxFields.TENSOR_TYPE_SHAPE;
import static org.sightline.edge.models.graph.OnnxFields.TYPE_TENSOR;
import static org.sightline.edge.models.graph.OnnxFields.VALUE_INFO_TYPE;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Frees the input size of YuNet, which OpenCV Zoo publishes as ONNX for one picture of 640 x 640.
 * The weights fit any size; fixed are only the declared shapes and the batch of 1 in the constants
 * that the outputs are reshaped by. All else is kept as it is.
 */
public final class YuNetConversion {
  private static final long MAX_SIZE_BYTES = 4L << 20;

  private static final ByteString RESHAPE = ByteString.copyFromUtf8("Reshape");

  private final Path onnx;

  private YuNetConversion(Path onnx) {
    this.onnx = onnx;
  }

  /**
   * Converts the network. Equal inputs give equal bytes.
   *
   * @return the ONNX model with batch, height and width free, and with them the number of cells in
   *     the outputs
   */
  public static byte[] withFreeSize(Path onnx) throws YuNetException, IOException {
    return new YuNetConversion(onnx).converted();
  }

  private byte[] converted() throws YuNetException, IOException {
    require(
        Files.size(onnx) <= MAX_SIZE_BYTES,
        "the network is larger than " + (MAX_SIZE_BYTES >> 20) + " MiB");
    UnknownFieldSet model = parsed(ByteString.copyFrom(Files.readAllBytes(onnx)));
    require(model.hasField(MODEL_OPSET), "this is no whole ONNX model");
    return changed(model, MODEL_GRAPH, this::freed).toByteArray();
  }

  private UnknownFieldSet freed(UnknownFieldSet graph) throws YuNetException {
    Set<ByteString> shapes = reshapeConstants(graph);
    UnknownFieldSet freed =
        changed(
            graph,
            GRAPH_INITIALIZER,
            tensor -> shapes.remove(only(tensor, TENSOR_NAME)) ? withFreeBatch(tensor) : tensor);
    require(shapes.isEmpty(), "a reshape is not by a constant");
    freed = changed(freed, GRAPH_INPUT, input -> withFreeShape(input, 4, 1));
    freed = changed(freed, GRAPH_OUTPUT, output -> withFreeShape(output, 3, 2));
    return freed.toBuilder().clearField(GRAPH_VALUE_INFO).build();
  }

  private Set<ByteString> reshapeConstants(UnknownFieldSet graph) throws YuNetException {
    Set<ByteString> names = new HashSet<>();
    for (ByteString bytes : graph.getField(GRAPH_NODE).getLengthDelimitedList()) {
      UnknownFieldSet node = parsed(bytes);
      if (only(node, NODE_OPERATION).equals(RESHAPE)) {
        List<ByteString> inputs = node.getField(NODE_INPUT).getLengthDelimitedList();
        require(inputs.size() == 2, "a reshape has not two inputs");
        names.add(inputs.get(1));
      }
    }
    return names;
  }

  /** Makes 1, -1, k of a reshape 0, -1, k; 0 takes the length that comes in. */
  private UnknownFieldSet withFreeBatch(UnknownFieldSet tensor) throws YuNetException {
    require(
        tensor.getField(TENSOR_TYPE).getVarintList().equals(List.of((long) ELEMENT_INT64)),
        "a shape is not of 64-bit integers");
    ByteBuffer shape =
        only(tensor, TENSOR_RAW_DATA).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    require(
        shape.remaining() == 3 * Long.BYTES
            && shape.getLong(0) == 1
            && shape.getLong(Long.BYTES) == -1,
        "a reshape is not to a batch of 1");
    ByteBuffer free = ByteBuffer.allocate(3 * Long.BYTES).put(shape).putLong(0, 0).rewind();
    return tensor.toBuilder()
        .addField(
            TENSOR_RAW_DATA,
            Field.newBuilder().addLengthDelimited(ByteString.copyFrom(free)).build())
        .build();
  }

  private UnknownFieldSet withFreeShape(UnknownFieldSet valueInfo, int rank, int kept)
      throws YuNetException {
    return changed(
        valueInfo,
        VALUE_INFO_TYPE,
        type ->
            changed(
                type,
                TYPE_TENSOR,
                tensor ->
                    changed(tensor, TENSOR_TYPE_SHAPE, shape -> withOneLength(shape, rank, kept))));
  }

  private UnknownFieldSet withOneLength(UnknownFieldSet shape, int rank, int kept)
      throws YuNetException {
    List<ByteString> lengths = shape.getField(SHAPE_DIMENSION).getLengthDelimitedList();
    require(lengths.size() == rank, "an input or output has a wrong number of dimensions");
    Field.Builder free = Field.newBuilder();
    for (int i = 0; i < rank; i++) {
      free.addLengthDelimited(i == kept ? lengths.get(i) : ByteString.EMPTY);
    }
    return shape.toBuilder().addField(SHAPE_DIMENSION, free.build()).build();
  }

  /** The message with every message in one of its fields changed; there has to be one. */
  private UnknownFieldSet changed(UnknownFieldSet message, int field, Change change)
      throws YuNetException {
    List<ByteString> parts = message.getField(field).getLengthDelimitedList();
    require(!parts.isEmpty(), "a part of the network is missing");
    Field.Builder changed = Field.newBuilder();
    for (ByteString part : parts) {
      changed.addLengthDelimited(change.of(parsed(part)).toByteString());
    }
    return message.toBuilder().addField(field, changed.build()).build();
  }

  private ByteString only(UnknownFieldSet message, int field) throws YuNetException {
    List<ByteString> values = message.getField(field).getLengthDelimitedList();
    require(values.size() == 1, "a part of the network has no name, or no content, or several");
    return values.get(0);
  }

  private UnknownFieldSet parsed(ByteString message) throws YuNetException {
    try {
      return UnknownFieldSet.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw unusable("this is no whole ONNX model", e);
    }
  }

  private void require(boolean holds, String otherwise) throws YuNetException {
    if (!holds) {
      throw unusable(otherwise, null);
    }
  }

  private YuNetException unusable(String what, @Nullable Throwable cause) {
    return new YuNetException(what, onnx.toString(), cause);
  }

  @FunctionalInterface
  private interface Change {
    UnknownFieldSet of(UnknownFieldSet message) throws YuNetException;
  }
}
