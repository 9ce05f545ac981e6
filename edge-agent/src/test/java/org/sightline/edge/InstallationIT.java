package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, the unit and the packaged program, staged into a folder as for an image. */
class InstallationIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @TempDir static Path root;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void stage() throws Exception {
    assertThat(install().code()).isZero();
  }

  @Test
  void theInstalledProgramRunsWithoutAnyWarning() throws Exception {
    Ended run = run(root.resolve("opt/sightline/bin/sightline").toString(), "--version");

    assertThat(run).isEqualTo(new Ended(0, "sightline " + version() + "\n", ""));
  }

  @Test
  void installingAgainKeepsTheSettingsThatWereChanged() throws Exception {
    Path settings = root.resolve("etc/sightline/agent.yaml");
    Files.writeString(settings, "van: van-7\n");

    install();

    assertThat(settings).hasContent("van: van-7");
  }

  @Test
  void installingAgainRemovesTheJarsOfTheVersionBefore() throws Exception {
    Path old = Files.createFile(root.resolve("opt/sightline/lib/removed-library-1.0.jar"));

    install();

    assertThat(old).doesNotExist();
  }

  @Test
  void theUnitPassesTheCheckOfSystemdItself() throws Exception {
    assumeOnPath("systemd-analyze");
    Path unit = root.resolve("sightline-agent.service");
    String installed = Files.readString(root.resolve("etc/systemd/system/sightline-agent.service"));
    Files.writeString(unit, installed.replace("/opt/sightline", root + "/opt/sightline"));

    Ended check = run("systemd-analyze", "verify", "--man=no", unit.toString());

    assertThat(check).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void theUnitIsNotLessConfinedThanItWas() throws Exception {
    assumeOnPath("systemd-analyze");
    String unit = REPOSITORY.resolve("systemd/sightline-agent.service").toString();

    Ended check = run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit);

    assertThat(check.code()).as(check.out()).isZero();
  }

  @Test
  void everyScriptPassesShellCheck() throws Exception {
    assumeOnPath("shellcheck");
    List<String> command = new ArrayList<>(List.of("shellcheck", "-x"));
    try (Stream<Path> scripts = Files.list(REPOSITORY.resolve("scripts"))) {
      scripts.filter(Files::isRegularFile).map(Path::toString).forEach(command::add);
    }
    command.add(REPOSITORY.resolve(".ci/run").toString());

    assertThat(run(command.toArray(String[]::new))).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void anUnknownOptionOfTheInstallerIsToldInOneLine() throws Exception {
    Ended run = run(REPOSITORY.resolve("scripts/install").toString(), "--everywhere");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("--everywhere");
  }

  private static Ended install() throws Exception {
    return run(REPOSITORY.resolve("scripts/install").toString(), "--root", root.toString());
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(root, "out", null);
    Path err = Files.createTempFile(root, "err", null);
    int code =
        new ProcessBuilder(command)
            .directory(REPOSITORY.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }

  private static void assumeOnPath(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        program + " is not installed");
  }

  private static String version() throws IOException {
    String pom = Files.readString(REPOSITORY.resolve("pom.xml"));
    return pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
  }
}
