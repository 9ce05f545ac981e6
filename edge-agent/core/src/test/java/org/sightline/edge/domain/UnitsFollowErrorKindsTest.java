package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The units start again what may pass, and nothing else: every kind of error in every unit. */
class UnitsFollowErrorKindsTest {
  private static final Path UNITS = Path.of("..", "..", "systemd");

  static Stream<Arguments> kindsInUnits() throws IOException {
    try (Stream<Path> units = files(UNITS, "*.service")) {
      return units.toList().stream()
          .flatMap(unit -> Arrays.stream(ErrorKind.values()).map(kind -> Arguments.of(unit, kind)));
    }
  }

  @ParameterizedTest
  @MethodSource("kindsInUnits")
  void aKindIsStartedAgainIfItMayPass(Path unit, ErrorKind kind) throws Exception {
    Path timer = Path.of(unit.toString().replaceFirst("\\.service$", ".timer"));
    if (Files.exists(timer)) {
      assertThat(values(unit, "Restart")).as("its timer starts it again").isEmpty();
      return;
    }
    assertThat(
            values(unit, "Restart").equals(List.of("on-failure"))
                && !statuses(unit, "RestartPreventExitStatus").contains(kind.exitCode()))
        .as(unit + " starts " + kind + " again")
        .isEqualTo(kind.isTriedAgain());
  }

  @ParameterizedTest
  @MethodSource("kindsInUnits")
  void noKindCountsAsSuccess(Path unit, ErrorKind kind) throws Exception {
    assertThat(statuses(unit, "SuccessExitStatus")).doesNotContain(kind.exitCode());
  }

  private static List<Integer> statuses(Path unit, String key) throws IOException {
    return values(unit, key).stream()
        .flatMap(value -> Stream.of(value.split("\\s+")))
        .map(Integer::valueOf)
        .toList();
  }

  /** What the unit and the drop-in of all units give a key. */
  private static List<String> values(Path unit, String key) throws IOException {
    List<String> values = new ArrayList<>();
    try (Stream<Path> dropIns = files(UNITS.resolve("sightline-.service.d"), "*.conf")) {
      for (Path file : Stream.concat(Stream.of(unit), dropIns).toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1).strip())
            .forEach(values::add);
      }
    }
    return values;
  }

  private static Stream<Path> files(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(found::add);
    }
    assertThat(found).isNotEmpty();
    return found.stream().sorted();
  }
}
