package org.sightline.edge.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;

/**
 * Opens networks on the fastest device that works: TensorRT, then CUDA, then the CPU, from the one
 * asked for on.
 */
final class Devices {

  /** Makes a session run on a device where it can, and on the CPU for the rest. */
  interface Accelerator {
    void addTo(SessionOptions options) throws OrtException;
  }

  /** A network opened, and what it runs on. */
  record Opened(OrtSession session, InferenceDevice device) {}

  /** Those of ONNX Runtime and of this machine. */
  static final Devices REAL =
      new Devices(
          Map.of(
              InferenceDevice.CUDA,
              Devices::addCuda,
              InferenceDevice.TENSORRT,
              Devices::addTensorRt));

  private final OrtEnvironment environment = KeptEnvironment.ENVIRONMENT;
  private final Map<InferenceDevice, Accelerator> accelerators;

  Devices(Map<InferenceDevice, Accelerator> accelerators) {
    this.accelerators = Map.copyOf(accelerators);
  }

  OrtEnvironment environment() {
    return environment;
  }

  /**
   * Opens a network on the device of {@code compute} or the next that works.
   *
   * @throws OrtException if not even the CPU takes it
   */
  Opened open(Path model, Compute compute) throws OrtException {
    return open(model, compute, compute.device(), new ArrayList<>());
  }

  /**
   * Opens a network again that failed while it ran.
   *
   * @throws OrtException if not even the CPU takes it
   */
  Opened openAfter(OrtException failure, InferenceDevice failed, Path model, Compute compute)
      throws OrtException {
    List<String> failures = new ArrayList<>(List.of(described(failed, failure)));
    return open(model, compute, InferenceDevice.CPU, failures);
  }

  private Opened open(Path model, Compute compute, InferenceDevice first, List<String> failures)
      throws OrtException {
    InferenceDevice device = first;
    while (true) {
      try {
        Opened opened = new Opened(session(model, device, compute.threads()), device);
        compute.settle(device, failures);
        return opened;
      } catch (OrtException failure) {
        if (device == InferenceDevice.CPU) {
          throw failure;
        }
        failures.add(described(device, failure));
        device = next(device);
      }
    }
  }

  private OrtSession session(Path model, InferenceDevice device, int threads) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // A spinning pool takes whole cores from the other stages between two runs.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      if (device == InferenceDevice.CPU) {
        return BlockedPrelu.session(environment, model, options);
      }
      Accelerator accelerator = accelerators.get(device);
      if (accelerator != null) {
        accelerator.addTo(options);
      }
      return environment.createSession(model.toString(), options);
    }
  }

  private static InferenceDevice next(InferenceDevice failed) {
    return failed == InferenceDevice.TENSORRT ? InferenceDevice.CUDA : InferenceDevice.CPU;
  }

  private static void addCuda(SessionOptions options) throws OrtException {
    requireBuiltIn(OrtProvider.CUDA);
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
      // With 10 bits of mantissa a template would lie further from the one that a CPU enrolled.
      cuda.add("use_tf32", "0");
      options.addCUDA(cuda);
    }
  }

  private static void addTensorRt(SessionOptions options) throws OrtException {
    requireBuiltIn(OrtProvider.TENSOR_RT);
    // Says which library is missing, which the call that counts prints on standard error alone.
    try (SessionOptions trial = new SessionOptions();
        OrtTensorRTProviderOptions none = new OrtTensorRTProviderOptions()) {
      trial.addTensorrt(none);
    }
    // Without options of its own it follows ONNX Runtime's variables, such as for its cache.
    options.addTensorrt(0);
    addCuda(options);
  }

  private static void requireBuiltIn(OrtProvider provider) throws OrtException {
    if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
      throw new OrtException("not in this build, which SIGHTLINE_GPU=1 makes");
    }
  }

  /** ONNX Runtime's own words without its places in the source and the name of the host. */
  private static String described(InferenceDevice device, OrtException failure) {
    String why =
        String.valueOf(failure.getMessage())
            .strip()
            .replaceFirst("(?s)^.*(?:FAIL : |message: )", "")
            .replaceFirst("(?s)(?:\\R| ; ).*", "");
    return device + ": " + why;
  }
}
