package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The scripts of the checkout, run by bash in a checkout of their own, where Maven and apt are such
 * that fail in the way that is tried.
 */
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("..", "..", "scripts");
  private static final String PASSED_REPORT =
      """
      mkdir -p edge-agent/lab/target/surefire-reports
      echo '<testsuite tests="132" errors="0" skipped="0" failures="0"><testcase/></testsuite>' \\
        >edge-agent/lab/target/surefire-reports/TEST-a.xml
      """;

  @TempDir private Path checkout;

  private Path programs;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void copyTheScripts() throws Exception {
    Path scripts = Files.createDirectories(checkout.resolve("scripts"));
    for (String name : List.of("test", "lib.sh")) {
      Files.copy(SCRIPTS.resolve(name), scripts.resolve(name));
    }
    Files.createDirectories(checkout.resolve("edge-agent/lab/src/main"));
    Files.createDirectories(checkout.resolve("test-fixtures/fleet"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.writeString(checkout.resolve("edge-agent/pom.xml"), "");
    Files.writeString(checkout.resolve("edge-agent/lab/pom.xml"), "");
    programs = Files.createDirectories(checkout.resolve("programs"));
    program("apt-get", "exit 100");
    program("sudo", "exit 1");
    // The folder of a test is its user's alone, and some of this is done as another.
    Files.setPosixFilePermissions(checkout, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aBuildThatFailsBeforeItsTestsIsNotReportedAsACompleteRun() throws Exception {
    program("mvn", PASSED_REPORT + "exit 1");

    Ended test = test("exec \"$0\"");

    assertThat(test.code()).isOne();
    assertThat(test.out()).contains("132 passed, 0 failed", "exit code 1: not all tests ran");
  }

  @Test
  void aRunThatIsEndedByItsUserIsNotReportedAsACompleteRun() throws Exception {
    // As the terminal does for Ctrl-C, to all of the process group; begun where it is ignored, too.
    program("mvn", PASSED_REPORT + "kill -INT 0\nsleep 60");

    Ended test = test("exec setsid --wait env --default-signal=INT \"$0\"");

    assertThat(test.code()).isEqualTo(130);
    assertThat(test.out()).contains("132 passed, 0 failed", "Interrupted: not all tests ran");
  }

  /** Tests that the end of the build takes with it may have been reported as failures. */
  @Test
  void aRunThatIsEndedByItsUserIsReportedAsSuchThoughTestsHaveFailed() throws Exception {
    program("mvn", PASSED_REPORT.replace("errors=\"0\"", "errors=\"2\"") + "kill -INT 0\nsleep 60");

    Ended test = test("exec setsid --wait env --default-signal=INT \"$0\"");

    assertThat(test.code()).isEqualTo(130);
    assertThat(test.out()).contains("130 passed, 2 failed", "Interrupted: not all tests ran");
  }

  @Test
  void aCompleteRunIsReportedAsSuch() throws Exception {
    program("mvn", PASSED_REPORT);

    Ended test = test("exec \"$0\"");

    assertThat(test.code()).isZero();
    assertThat(test.out()).contains("132 passed").doesNotContain("not all tests ran");
  }

  @Test
  void whatWasBuiltWithoutChecksIsCompiledAgain() throws Exception {
    Path built = Files.createDirectories(checkout.resolve("edge-agent/lab/target/classes/built"));
    program("mvn", PASSED_REPORT);
    lib("unchecked");

    test("exec \"$0\"");

    assertThat(built).doesNotExist();
  }

  @Test
  void noEscapeCodesOfMavenReachALog() throws Exception {
    program("mvn", "printf '\\033[1;32mdone\\033[m\\033[0m\\n'");

    assertThat(lib("maven verify").err()).isEqualTo("done\n");
  }

  @ParameterizedTest
  @CsvSource({"17.0.9, one", "(none), other"})
  void theAnswerOfAptIsReadToItsEnd(String candidate, String chosen) throws Exception {
    program(
        "apt-cache",
        """
        [[ $2 == one ]] && candidate='%s' || candidate=1
        printf 'package:\\n  Candidate: %%s\\n' "$candidate"
        for i in {1..20000}; do printf '  a line of the version table\\n'; done || exit 1
        """
            .formatted(candidate));

    assertThat(lib("first_known 'one|other'")).isEqualTo(new Ended(0, chosen, ""));
  }

  @Test
  void whereNothingMayBeInstalledTheCommandToRunIsNamed() throws Exception {
    program("apt-cache", "printf '  Candidate: 1\\n'");
    for (String needed : List.of("bash", "dirname")) {
      Files.createSymbolicLink(programs.resolve(needed), Path.of("/usr/bin", needed));
    }

    Ended required = libAsSomebodyElse("PATH=%s require broker".formatted(programs));

    assertThat(required.code()).isEqualTo(2);
    assertThat(required.err())
        .hasLineCount(1)
        .contains("as root run: apt-get install", "mosquitto mosquitto-clients");
  }

  @Test
  void whatRootBuildsBelongsToTheOwnerOfTheCheckout() throws Exception {
    assumeTrue(isRoot(), "only root can build in somebody else's checkout");
    program("mvn", "mkdir -p edge-agent/target/sightline/lib && touch edge-agent/target/a.jar");
    run("chown", "-R", "65534", checkout.toString());

    assertThat(lib("build").code()).isZero();

    try (Stream<Path> built = Files.walk(checkout.resolve("edge-agent/target"))) {
      for (Path file : built.toList()) {
        assertThat(owner(file)).as(file.toString()).isEqualTo(65534);
      }
    }
    assertThat(checkout.resolve("edge-agent/target/a.jar")).exists();
  }

  /** Runs {@code scripts/test}, which is {@code $0} of the shell's line. */
  private Ended test(String shell) throws Exception {
    Ended ended = run("bash", "-c", shell, checkout.resolve("scripts/test").toString());
    assumeTrue(!ended.err().contains("could not install"), "this machine lacks what tests need");
    return ended;
  }

  /** Runs a line with what the scripts share. */
  private Ended lib(String line) throws Exception {
    return run("bash", "-c", withLib(line), checkout.resolve("scripts/sightline").toString());
  }

  private Ended libAsSomebodyElse(String line) throws Exception {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of("bash", "-c", withLib(line), "scripts/sightline"));
    return run(command.toArray(String[]::new));
  }

  private String withLib(String line) {
    return "set -euo pipefail\n. '" + checkout.resolve("scripts/lib.sh") + "'\n" + line;
  }

  private Ended run(String... command) throws Exception {
    Path out = checkout.resolve("out");
    Path err = checkout.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().merge("PATH", programs + ":", (path, first) -> first + path);
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private void program(String name, String lines) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/bash\n" + lines + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static boolean isRoot() throws IOException {
    return owner(Path.of("/proc/self")) == 0;
  }

  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }
}
