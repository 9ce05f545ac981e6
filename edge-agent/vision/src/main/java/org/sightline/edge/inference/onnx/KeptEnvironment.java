package org.sightline.edge.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * The one environment of ONNX Runtime, kept until the process is gone. The library releases it in a
 * shutdown hook, beside whatever still runs: a network at work when SIGTERM came would bring the
 * process down in the middle of its orderly end. A second reference, which only the library's own
 * code can take, leaves nothing to release. Thread-safe.
 */
final class KeptEnvironment {
  private static final OrtLoggingLevel LEVEL = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
  private static final String NAME = "sightline";

  static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment(LEVEL, NAME);

  static {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method reference =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      reference.setAccessible(true);
      reference.invoke(null, api.getLong(null), LEVEL.getValue(), NAME);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another version of ONNX Runtime than was built for", e);
    }
  }

  private KeptEnvironment() {}
}
