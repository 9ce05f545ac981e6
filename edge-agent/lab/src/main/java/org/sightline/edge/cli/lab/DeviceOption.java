package org.sightline.edge.cli.lab;

import org.sightline.edge.evaluate.FaceReader;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import picocli.CommandLine.Option;

/** What the networks of a measuring command run on. */
final class DeviceOption {
  @Option(
      names = "--inference-device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); see docs/gpu.md.")
  private InferenceDevice device;

  Compute compute() {
    return new Compute(device, FaceReader.THREADS);
  }
}
