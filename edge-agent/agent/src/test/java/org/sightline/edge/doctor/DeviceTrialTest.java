package org.sightline.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.InstalledPack;

/**
 * What is said of the device that networks run on. The build that tests run with has the CPU's
 * alone.
 */
class DeviceTrialTest {
  @TempDir private static Path folder;
  private static InstalledPack pack;

  @BeforeAll
  static void install() throws Exception {
    pack = RetailPack.installedIn(folder);
  }

  private static DeviceTrial.Result tried(InferenceDevice asked) throws Exception {
    return new DeviceTrial(Duration.ZERO).run(pack, new AgentSettings.Inference(asked, 1));
  }

  private static Compute settledOn(InferenceDevice used) {
    Compute compute = new Compute(InferenceDevice.CUDA, 1);
    compute.settle(used, List.of());
    return compute;
  }

  @Test
  void theCpuAloneIsMeasuredWhereNothingElseIsConfiguredAndThatIsSaid() throws Exception {
    DeviceTrial.Result result = tried(InferenceDevice.CPU);

    assertThat(result.devices())
        .singleElement()
        .satisfies(
            cpu -> {
              assertThat(cpu.ranOn()).isEqualTo("cpu");
              assertThat(cpu.framesPerSecond()).isPositive();
              assertThat(cpu.p95Millis()).isGreaterThanOrEqualTo(cpu.medianMillis()).isPositive();
            });
    assertThat(result.findings())
        .extracting(Finding::subject, Finding::verdict)
        .containsExactly(
            tuple("model pack", Verdict.GOOD),
            tuple("known answer", Verdict.GOOD),
            tuple("networks", Verdict.GOOD),
            tuple("another device", Verdict.UNTESTED));
  }

  @Test
  void aDeviceThatNetworksDoNotRunOnIsNamedWithTheReasonAndItsTemplatesAreNotCalledTested()
      throws Exception {
    DeviceTrial.Result result = tried(InferenceDevice.TENSORRT);

    assertThat(result.devices())
        .extracting(DeviceFigures::device, DeviceFigures::ranOn)
        .containsExactly(tuple("cpu", "cpu"), tuple("tensorrt", "cpu"));
    assertThat(result.findings())
        .filteredOn(each -> each.subject().equals("networks"))
        .singleElement()
        .satisfies(
            networks -> {
              assertThat(networks.verdict()).isEqualTo(Verdict.LOOK);
              assertThat(networks.measured())
                  .startsWith("run on cpu; tensorrt: ")
                  .contains("; cuda: ");
            });
    assertThat(result.findings())
        .contains(Finding.untested("templates", "both are made by the cpu"));
  }

  @Test
  void templatesThatAreNotTheCpusStandAgainstADevice() {
    assertThat(DeviceTrial.compared(0.99899, settledOn(InferenceDevice.CUDA)).verdict())
        .isEqualTo(Verdict.BAD);
    assertThat(DeviceTrial.compared(Double.NaN, settledOn(InferenceDevice.CUDA)).verdict())
        .isEqualTo(Verdict.BAD);
    assertThat(DeviceTrial.compared(0.999, settledOn(InferenceDevice.CUDA)).verdict())
        .isEqualTo(Verdict.GOOD);
  }
}
