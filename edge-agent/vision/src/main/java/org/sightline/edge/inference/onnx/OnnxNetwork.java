package org.sightline.edge.inference.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.inference.InferenceException;

/**
 * A network of one picture input and float outputs. Output buffers are kept per input shape and
 * filled in place, so that a run at a known shape allocates nothing large. A network that fails on
 * a GPU continues on the CPU. One thread at a time; the network's own threads sleep while it is
 * idle.
 */
public final class OnnxNetwork implements AutoCloseable {
  /** Shapes whose output buffers are kept: stages use few, only stills come in many. */
  private static final int SHAPES_KEPT = 8;

  private final Devices devices;
  private final Compute compute;
  private final OrtEnvironment environment;
  private final Path model;
  private final String input;
  private final List<String> outputs;
  private final LinkedHashMap<List<Long>, OutputBuffers> buffers =
      new LinkedHashMap<>(16, 0.75f, true);
  private OrtSession session;
  private InferenceDevice device;

  /**
   * Loads a network.
   *
   * @param input name of the tensor that takes the pictures
   * @param outputs names of the tensors that {@link #run} returns, in this order
   * @param compute what it is to run on; what that does not take runs on the next that does
   * @throws InferenceException if the file is missing or no network, or lacks one of the tensors
   */
  public static OnnxNetwork open(Path model, String input, List<String> outputs, Compute compute)
      throws InferenceException {
    return open(model, input, outputs, compute, Devices.REAL);
  }

  static OnnxNetwork open(
      Path model, String input, List<String> outputs, Compute compute, Devices devices)
      throws InferenceException {
    if (!Files.isRegularFile(model)) {
      throw new InferenceException(
          "a network is missing", model.toString(), "install its model pack", null);
    }
    try {
      return new OnnxNetwork(model, input, outputs, compute, devices);
    } catch (OrtException corrupt) {
      throw new InferenceException(
          "a network cannot be loaded", model.toString(), "install its model pack again", corrupt);
    }
  }

  private OnnxNetwork(
      Path model, String input, List<String> outputs, Compute compute, Devices devices)
      throws OrtException, InferenceException {
    this.model = model;
    this.input = input;
    this.outputs = List.copyOf(outputs);
    this.compute = compute;
    this.devices = devices;
    this.environment = devices.environment();
    Devices.Opened opened = devices.open(model, compute);
    this.session = opened.session();
    this.device = opened.device();
    try {
      requireTensor("input", input, session.getInputInfo());
      for (String output : this.outputs) {
        requireTensor("output", output, session.getOutputInfo());
      }
    } catch (OrtException | InferenceException unfit) {
      session.close();
      throw unfit;
    }
  }

  private void requireTensor(String kind, String name, Map<String, NodeInfo> tensors)
      throws InferenceException {
    NodeInfo node = tensors.get(name);
    if (node == null
        || !(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT) {
      throw notAsDescribed("has no float " + kind + " '" + name + "'", null);
    }
  }

  /**
   * Runs the network once.
   *
   * @return for each output its values, indexed from 0; valid until the next run
   * @throws InferenceException if the network does not take pictures of this number and size
   */
  public List<FloatBuffer> run(ImageTensor pictures) throws InferenceException {
    long[] shape = pictures.shape();
    try {
      try {
        return run(pictures, shape);
      } catch (OrtException failed) {
        if (device == InferenceDevice.CPU) {
          throw failed;
        }
        leaveDevice(failed);
        return run(pictures, shape);
      }
    } catch (OrtException refused) {
      throw notAsDescribed("does not take input of shape " + Arrays.toString(shape), refused);
    }
  }

  private List<FloatBuffer> run(ImageTensor pictures, long[] shape) throws OrtException {
    List<Long> key = Arrays.stream(shape).boxed().toList();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pictures.values(), shape)) {
      Map<String, OnnxTensorLike> inputs = Map.of(input, tensor);
      OutputBuffers known = buffers.get(key);
      if (known == null) {
        known = learn(inputs);
        buffers.put(key, known);
        forgetTheOldest();
      } else {
        session.run(inputs, Set.of(), known.pinned).close();
      }
      return known.values;
    }
  }

  /**
   * A GPU may lack code or memory for a run, or fall off its bus: recognition continues without it.
   */
  private void leaveDevice(OrtException failure) throws OrtException {
    Devices.Opened opened = devices.openAfter(failure, device, model, compute);
    OrtSession failed = session;
    session = opened.session();
    device = opened.device();
    failed.close();
  }

  /** Runs at a shape not seen before and keeps buffers of the outputs' sizes for the next time. */
  private OutputBuffers learn(Map<String, OnnxTensorLike> inputs) throws OrtException {
    OutputBuffers learnt = new OutputBuffers();
    try (OrtSession.Result result = session.run(inputs, new LinkedHashSet<>(outputs))) {
      for (String output : outputs) {
        OnnxTensor first = (OnnxTensor) result.get(output).orElseThrow();
        FloatBuffer values =
            ByteBuffer.allocateDirect(first.getByteBuffer().capacity())
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        values.put(0, first.getFloatBuffer(), 0, values.capacity());
        learnt.add(
            output,
            values,
            OnnxTensor.createTensor(environment, values, first.getInfo().getShape()));
      }
    }
    return learnt;
  }

  private void forgetTheOldest() {
    if (buffers.size() > SHAPES_KEPT) {
      Iterator<OutputBuffers> oldestFirst = buffers.values().iterator();
      oldestFirst.next().close();
      oldestFirst.remove();
    }
  }

  private InferenceException notAsDescribed(String how, @Nullable Throwable cause) {
    return new InferenceException(
        "a network is not the one its pack describes: it " + how,
        model.toString(),
        "check the pack with 'models verify'",
        cause);
  }

  @Override
  public void close() {
    buffers.values().forEach(OutputBuffers::close);
    buffers.clear();
    try {
      session.close();
    } catch (OrtException alreadyClosed) {
      throw new IllegalStateException("the network is closed already", alreadyClosed);
    }
  }

  /** The outputs of one input shape, as tensors over our buffers. */
  private static final class OutputBuffers implements AutoCloseable {
    private final List<FloatBuffer> values = new ArrayList<>();
    private final Map<String, OnnxValue> pinned = new LinkedHashMap<>();

    private void add(String output, FloatBuffer buffer, OnnxTensor tensor) {
      values.add(buffer);
      pinned.put(output, tensor);
    }

    @Override
    public void close() {
      pinned.values().forEach(OnnxValue::close);
    }
  }
}
