package org.sightline.edge.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.onnx.Devices.Accelerator;
import org.sightline.edge.models.ModelPack.ColourOrder;
import org.sightline.edge.models.ModelPack.Input;
import org.slf4j.LoggerFactory;

/** No GPU is needed: a device that "works" leaves the session as it is, on the CPU. */
class DevicesTest {
  private static final Accelerator WORKS = options -> {};
  private static final Accelerator FAILS =
      options -> {
        throw new OrtException(
            "Error code - ORT_FAIL - message: /src/a.cc:1844 [ONNXRuntimeError] : 1 : FAIL : Failed"
                + " to load libx.so with error: liby.so.12: cannot open shared object file\n");
      };

  private final Logger logger = (Logger) LoggerFactory.getLogger(Compute.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void listen() throws Exception {
    model = TinyNetwork.identity(folder.resolve("tiny.onnx"));
    logger.setLevel(Level.INFO);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void theDeviceAskedForIsUsedWhereItWorks() throws Exception {
    assertThat(usedWhen(InferenceDevice.TENSORRT, WORKS, WORKS))
        .isEqualTo(InferenceDevice.TENSORRT);
    assertThat(usedWhen(InferenceDevice.CUDA, WORKS, WORKS)).isEqualTo(InferenceDevice.CUDA);
    assertThat(usedWhen(InferenceDevice.CPU, WORKS, WORKS)).isEqualTo(InferenceDevice.CPU);
    assertThat(logged(Level.WARN)).isEmpty();
  }

  @Test
  void tensorRtFallsBackToCudaAndThatToTheCpu() throws Exception {
    assertThat(usedWhen(InferenceDevice.TENSORRT, FAILS, WORKS)).isEqualTo(InferenceDevice.CUDA);
    assertThat(usedWhen(InferenceDevice.TENSORRT, FAILS, FAILS)).isEqualTo(InferenceDevice.CPU);
    assertThat(usedWhen(InferenceDevice.CUDA, WORKS, FAILS)).isEqualTo(InferenceDevice.CPU);
  }

  @Test
  void aFallBackIsLoggedInOneWarningForAllNetworks() throws Exception {
    Compute compute = new Compute(InferenceDevice.TENSORRT, 1);
    Devices devices = devices(FAILS, FAILS);
    open(compute, devices).close();
    open(compute, devices).close();
    assertThat(logged(Level.WARN))
        .singleElement()
        .asString()
        .contains("run on cpu and not on tensorrt, which inferenceDevice asks for")
        .contains("tensorrt: Failed to load libx.so with error: liby.so.12")
        .contains("cuda: Failed to load")
        .contains("docs/gpu.md")
        .doesNotContain("/src/", "\n");
  }

  @Test
  void theDeviceUsedIsLoggedOnceAndKnownAfterwards() throws Exception {
    Compute compute = new Compute(InferenceDevice.CUDA, 1);
    assertThat(compute.used()).isEmpty();
    open(compute, devices(FAILS, WORKS)).close();
    open(compute, devices(FAILS, WORKS)).close();
    assertThat(compute.used()).hasValue(InferenceDevice.CUDA);
    assertThat(logged(Level.INFO)).containsExactly("Networks run on cuda");
  }

  @Test
  void aBuildWithoutTheDeviceSaysWhichOneHasIt() throws Exception {
    assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
    Compute compute = new Compute(InferenceDevice.TENSORRT, 1);
    open(compute, Devices.REAL).close();
    assertThat(compute.used()).hasValue(InferenceDevice.CPU);
    assertThat(logged(Level.WARN))
        .singleElement()
        .asString()
        .contains("tensorrt: not in this build, which SIGHTLINE_GPU=1 makes; cuda: not in");
  }

  @Test
  void whateverDeviceThisMachineHasTheOutputIsTheSame() throws Exception {
    for (InferenceDevice device : InferenceDevice.values()) {
      try (OnnxNetwork network = open(new Compute(device, 1), Devices.REAL)) {
        assertThat(run(network, 3)).containsOnly(7f).hasSize(27);
      }
    }
  }

  @Test
  void aNetworkThatFailsWhileItRunsContinuesOnTheCpu() throws Exception {
    // Takes the session, and fails at its first run of another height, as a GPU might.
    Accelerator failsLater = options -> options.setSymbolicDimensionValue("h", 2);
    Compute compute = new Compute(InferenceDevice.CUDA, 1);
    try (OnnxNetwork network = open(compute, devices(FAILS, failsLater))) {
      assertThat(run(network, 2)).containsOnly(7f).hasSize(12);
      assertThat(compute.used()).hasValue(InferenceDevice.CUDA);
      assertThat(run(network, 3)).containsOnly(7f).hasSize(27);
      assertThat(run(network, 2)).containsOnly(7f).hasSize(12);
    }
    assertThat(compute.used()).hasValue(InferenceDevice.CPU);
    assertThat(logged(Level.WARN)).hasSize(1);
  }

  @Test
  void aFileThatIsNoNetworkIsRefusedAndNoDeviceBlamed() throws Exception {
    Files.writeString(model, "no network");
    Compute compute = new Compute(InferenceDevice.CUDA, 1);
    assertThatThrownBy(() -> open(compute, devices(WORKS, WORKS)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("cannot be loaded");
    assertThat(logged(Level.WARN)).isEmpty();
    assertThat(compute.used()).isEmpty();
  }

  private InferenceDevice usedWhen(InferenceDevice asked, Accelerator tensorRt, Accelerator cuda)
      throws Exception {
    Compute compute = new Compute(asked, 1);
    open(compute, devices(tensorRt, cuda)).close();
    return compute.device();
  }

  private OnnxNetwork open(Compute compute, Devices devices) throws InferenceException {
    return OnnxNetwork.open(model, "input", List.of("output"), compute, devices);
  }

  private static Devices devices(Accelerator tensorRt, Accelerator cuda) {
    return new Devices(Map.of(InferenceDevice.TENSORRT, tensorRt, InferenceDevice.CUDA, cuda));
  }

  /** What an identity makes of a picture all of 7. */
  private static List<Float> run(OnnxNetwork network, int sidePx) throws Exception {
    BgrPicture picture = BgrPicture.allocate(sidePx, sidePx);
    for (int i = 0; i < picture.data().capacity(); i++) {
      picture.data().put(i, (byte) 7);
    }
    ImageTensor tensor =
        new ImageTensor(
            new Input("input", ColourOrder.BGR, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
    tensor.reshape(1, sidePx, sidePx);
    tensor.set(0, picture);
    var output = network.run(tensor).get(0);
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < output.capacity(); i++) {
      values.add(output.get(i));
    }
    return values;
  }

  private List<String> logged(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
