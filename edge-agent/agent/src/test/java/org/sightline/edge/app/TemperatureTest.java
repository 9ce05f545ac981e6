package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemperatureTest {
  @TempDir private Path sensors;

  private void sensor(String name, String says) throws IOException {
    Files.writeString(Files.createDirectory(sensors.resolve(name)).resolve("temp"), says);
  }

  @Test
  void theWarmestSensorCounts() throws Exception {
    sensor("thermal_zone0", "48000\n");
    sensor("thermal_zone1", "71500\n");

    assertThat(Temperature.celsius(sensors)).hasValue(71.5);
  }

  @Test
  void aSensorThatSaysNothingUsableIsPassedOver() throws Exception {
    sensor("thermal_zone0", "\n");
    sensor("thermal_zone1", "48000\n");

    assertThat(Temperature.celsius(sensors)).hasValue(48);
  }

  @Test
  void aBoxWithoutSensorsHasNoKnownTemperature() {
    assertThat(Temperature.celsius(sensors)).isEmpty();
  }

  @Test
  void aBoxWithoutTheFolderOfSensorsHasNoneEither() {
    assertThat(Temperature.celsius(sensors.resolve("none"))).isEmpty();
  }
}
