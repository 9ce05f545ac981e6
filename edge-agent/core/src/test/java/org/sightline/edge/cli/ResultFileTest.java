package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.SightlineException;

class ResultFileTest {
  @TempDir private Path folder;

  /** Writes a result of 1 MB, in a process that may make no file so large. */
  static final class Writing {
    private Writing() {}

    public static void main(String[] args) {
      try {
        ResultFile.at(Path.of(args[0])).writeText("x".repeat(1_000_000));
      } catch (SightlineException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void ofAResultThatHasNoRoomNothingIsLeft() throws Exception {
    Path file = folder.resolve("result.json");
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f 64; trap '' XFSZ; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName(),
                file.toString())
            .start();
    String said;
    try (BufferedReader lines = process.inputReader()) {
      said = lines.lines().collect(Collectors.joining("\n"));
    }

    assertThat(said).startsWith("the result cannot be written: " + file + " (File too large");
    assertThat(Files.exists(file)).isFalse();
  }
}
