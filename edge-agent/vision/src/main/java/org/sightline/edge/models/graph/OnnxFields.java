package org.sightline.edge.models.graph;

/** Numbers of the fields of {@code onnx.proto}, each with the message that it is in. */
public final class OnnxFields {
  public static final int MODEL_IR_VERSION = 1;
  public static final int MODEL_PRODUCER = 2;
  public static final int MODEL_GRAPH = 7;
  public static final int MODEL_OPSET = 8;

  public static final int OPSET_DOMAIN = 1;
  public static final int OPSET_VERSION = 2;

  public static final int GRAPH_NODE = 1;
  public static final int GRAPH_NAME = 2;
  public static final int GRAPH_INITIALIZER = 5;
  public static final int GRAPH_INPUT = 11;
  public static final int GRAPH_OUTPUT = 12;
  public static final int GRAPH_VALUE_INFO = 13;

  public static final int NODE_INPUT = 1;
  public static final int NODE_OUTPUT = 2;
  public static final int NODE_OPERATION = 4;
  public static final int NODE_ATTRIBUTE = 5;
  public static final int NODE_DOMAIN = 7;

  public static final int ATTRIBUTE_NAME = 1;
  public static final int ATTRIBUTE_FLOAT = 2;
  public static final int ATTRIBUTE_INTEGER = 3;
  public static final int ATTRIBUTE_INTEGERS = 8;
  public static final int ATTRIBUTE_TYPE = 20;

  public static final int TENSOR_LENGTH = 1;
  public static final int TENSOR_TYPE = 2;
  public static final int TENSOR_NAME = 8;
  public static final int TENSOR_RAW_DATA = 9;
  public static final int TENSOR_EXTERNAL_DATA = 13;

  public static final int VALUE_INFO_NAME = 1;
  public static final int VALUE_INFO_TYPE = 2;
  public static final int TYPE_TENSOR = 1;
  public static final int TENSOR_TYPE_ELEMENT = 1;
  public static final int TENSOR_TYPE_SHAPE = 2;
  public static final int SHAPE_DIMENSION = 1;
  public static final int DIMENSION_LENGTH = 1;
  public static final int DIMENSION_NAME = 2;

  /** Values of {@link #TENSOR_TYPE} and {@link #TENSOR_TYPE_ELEMENT}. */
  public static final int ELEMENT_FLOAT = 1;

  public static final int ELEMENT_INT64 = 7;

  /** Values of {@link #ATTRIBUTE_TYPE}. */
  public static final int OF_FLOAT = 1;

  public static final int OF_INTEGER = 2;
  public static final int OF_INTEGERS = 7;

  private OnnxFields() {}
}
