package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;

/** The program as a process on machines that are set up otherwise than those it is made on. */
class ForeignMachineTest {
  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  /**
   * Runs the program.
   *
   * @param shell what a shell is to run, the program being {@code "$@"}
   */
  private Ended run(String shell, List<String> java, String... arguments) throws Exception {
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    Process process =
        command(shell, java, arguments).redirectOutput(out).redirectError(err).start();
    return new Ended(
        process.waitFor(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private static ProcessBuilder command(String shell, List<String> java, String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", "-c", shell, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(java);
    command.add(Sightline.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** The first two have digits of their own. */
  static Stream<Arguments> languages() {
    Arguments arabic = arguments("ar", "EG");
    Arguments turkish = arguments("tr", "TR");
    return Endurance.either(
        Stream.of(arabic, turkish), Stream.of(arabic, arguments("fa", "IR"), turkish));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aReportHasTheSameDigitsAndWordsInEveryLanguage(String language, String country)
      throws Exception {
    Mosquitto.assumeInstalled();
    new Generator().portraits(1, 1, 1, folder.resolve("people"));
    Path clip = TestClips.of(320, 240, 25).h264(folder.resolve("clip.mp4"), 25);
    Path scenario =
        Files.writeString(
            folder.resolve("scenario.yaml"),
            """
            name: I
            modelPack: builtin
            fillers: {folder: people, count: 1}
            cameras: [{id: mast-1, source: %s, pace: FASTEST}]
            expect: {alerts: []}
            """
                .formatted(clip));

    Ended run =
        run(
            "exec \"$@\"",
            List.of("-Duser.language=" + language, "-Duser.country=" + country),
            "fieldtest",
            "run",
            scenario.toString(),
            "--report",
            folder.resolve("report").toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("threshold +0\\.\\d{3} for 1 listed");
    assertThat(run.out() + Files.readString(folder.resolve("report/report.html")))
        .doesNotContainPattern("(?U)[\\d&&[^0-9]]");
  }

  /** M\u00fcller in UTF-8 where the locale is ASCII; in Latin-1 where it is UTF-8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=C exec \"$@\" \"$(printf 'M\\303\\274ller')\"",
        "LC_ALL=C.UTF-8 exec \"$@\" \"$(printf 'M\\374ller')\""
      })
  void anArgumentThatCannotBeReadIsRefusedAndNotSigned(String shell) throws Exception {
    Ended run = run(shell, List.of(), "deployment", "authorise", "--officer");

    assertThat(run.code()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(run.err().strip()).hasLineCount(1).contains("LC_ALL=C.UTF-8");
  }

  @Test
  void aPathThatTheLocaleCannotWriteIsReportedWithTheRemedy() throws Exception {
    Path settings =
        Files.writeString(folder.resolve("agent.yaml"), "cameras: [{id: a, source: \u00fc.mp4}]\n");

    Ended run = run("LC_ALL=C exec \"$@\"", List.of(), "fieldtest", "run", settings.toString());

    assertThat(run.code()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(run.err().strip()).hasLineCount(1).contains("source", "LC_ALL=C.UTF-8");
  }

  @Test
  void onAFullDiskNoCommandSucceeds() throws Exception {
    Ended run = run("exec \"$@\" > /dev/full", List.of(), "models", "list", "--json");

    assertThat(run.code()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(run.err().strip()).hasLineCount(1).contains("standard output");
  }

  @Test
  void withoutAReaderNoCommandSucceeds() throws Exception {
    File err = folder.resolve("err").toFile();
    Process process =
        command("sleep 1; exec \"$@\"", List.of(), "models", "list").redirectError(err).start();
    process.getInputStream().close();

    assertThat(process.waitFor()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(Files.readString(err.toPath()).strip()).hasLineCount(1);
  }

  @Test
  void theSettingsOfTheBoxAreThoseOfACommandThatNamesNone() throws Exception {
    Ended run =
        run("SIGHTLINE_CONFIG=/nowhere/agent.yaml exec \"$@\"", List.of(), "deployment", "status");

    assertThat(run.code()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(run.err().strip())
        .hasLineCount(1)
        .startsWith("there is no such file: /nowhere/agent.yaml");
  }

  @Test
  void settingsOfTheBoxThatAreEmptyAreNone() throws Exception {
    Ended run = run("SIGHTLINE_CONFIG= exec \"$@\"", List.of(), "deployment", "status");

    assertThat(run.code()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(run.err()).contains("--config").doesNotContain("there is no such file");
  }
}
