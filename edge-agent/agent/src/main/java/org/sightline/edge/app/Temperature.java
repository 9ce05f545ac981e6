package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** How warm the box is, by the sensors that the system has. */
final class Temperature {
  private static final Path SENSORS = Path.of("/sys/class/thermal");

  private Temperature() {}

  /** The warmest, in degrees Celsius; empty if there is no sensor that can be read. */
  static OptionalDouble celsius() {
    return celsius(SENSORS);
  }

  static OptionalDouble celsius(Path sensors) {
    OptionalDouble warmest = OptionalDouble.empty();
    try (DirectoryStream<Path> zones = Files.newDirectoryStream(sensors, "thermal_zone*")) {
      for (Path zone : zones) {
        OptionalDouble here = read(zone.resolve("temp"));
        if (here.isPresent() && here.getAsDouble() > warmest.orElse(Double.NEGATIVE_INFINITY)) {
          warmest = here;
        }
      }
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
    return warmest;
  }

  private static OptionalDouble read(Path file) {
    try {
      return OptionalDouble.of(Integer.parseInt(Files.readString(file).strip()) / 1000.0);
    } catch (IOException | NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
