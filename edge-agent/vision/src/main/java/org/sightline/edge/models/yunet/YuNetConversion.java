package org.sightline.edge.models.yunet;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Frees the input size of YuNet, which OpenCV Zoo publishes as ONNX for one picture of 640 x 640.
 * The weights fit any size; fixed are only the declared shapes and the batch of 1 in the constants
 * that the outputs are reshaped by. All else is kept as it is.
 */
public final class YuNetConversion {
  private static final long MAX_SIZE_BYTES = 4L << 20;

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
    ModelProto.Builder model = parsed(Files.readAllBytes(onnx));
    require(model.getOpsetImportCount() > 0, "this is not a complete ONNX model");
    free(model.getGraphBuilder());
    return model.build().toByteArray();
  }

  private void free(GraphProto.Builder graph) throws YuNetException {
    require(
        graph.getInputCount() > 0 && graph.getOutputCount() > 0,
        "a part of the network is missing");
    Set<String> shapes = reshapeConstants(graph);
    for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
      if (shapes.remove(tensor.getName())) {
        freeBatch(tensor);
      }
    }
    require(shapes.isEmpty(), "a reshape is not by a constant");
    for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
      freeShape(input, 4, 1);
    }
    for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
      freeShape(output, 3, 2);
    }
    graph.clearValueInfo();
  }

  private Set<String> reshapeConstants(GraphProto.Builder graph) throws YuNetException {
    Set<String> names = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Reshape")) {
        require(node.getInputCount() == 2, "a reshape does not have two inputs");
        names.add(node.getInput(1));
      }
    }
    return names;
  }

  /** Makes 1, -1, k of a reshape 0, -1, k; 0 takes the length that comes in. */
  private void freeBatch(TensorProto.Builder tensor) throws YuNetException {
    require(
        tensor.getDataType() == TensorProto.DataType.INT64_VALUE,
        "a shape is not of 64-bit integers");
    ByteBuffer shape = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    require(
        shape.remaining() == 3 * Long.BYTES
            && shape.getLong(0) == 1
            && shape.getLong(Long.BYTES) == -1,
        "a reshape is not to a batch of 1");
    ByteBuffer free = ByteBuffer.allocate(3 * Long.BYTES).put(shape).putLong(0, 0).rewind();
    tensor.setRawData(ByteString.copyFrom(free));
  }

  /** Leaves one length as it is, and all others open. */
  private void freeShape(ValueInfoProto.Builder valueInfo, int rank, int kept)
      throws YuNetException {
    TensorShapeProto.Builder shape =
        valueInfo.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    require(shape.getDimCount() == rank, "an input or output has a wrong number of dimensions");
    for (int i = 0; i < rank; i++) {
      if (i != kept) {
        shape.setDim(i, Dimension.getDefaultInstance());
      }
    }
  }

  private ModelProto.Builder parsed(byte[] model) throws YuNetException {
    try {
      return ModelProto.parseFrom(model).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw unusable("this is not a complete ONNX model", e);
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
}
