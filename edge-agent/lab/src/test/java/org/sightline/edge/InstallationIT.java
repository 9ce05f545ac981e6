package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.documents.Document;
import org.sightline.edge.testing.TestClips;

/** The scripts, the units and the packaged program, staged into a folder as for an image. */
class InstallationIT {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  @TempDir static Path root;

  private record Ended(int code, String out, String err) {}

  private static Path settings;
  private static Path jarOfTheVersionBefore;

  /** Installed twice, as by an upgrade; what is tried holds after both. */
  @BeforeAll
  static void stage() throws Exception {
    assertThat(install().code()).isZero();
    settings = root.resolve("etc/sightline/agent.yaml");
    Files.writeString(settings, "van: van-7\n");
    jarOfTheVersionBefore =
        Files.createFile(root.resolve("opt/sightline/lib/removed-library-1.0.jar"));
    assertThat(install().code()).isZero();
  }

  @Test
  void theInstalledProgramRunsWithoutAnyWarning() throws Exception {
    Ended run = run(root.resolve("opt/sightline/bin/sightline").toString(), "--version");

    assertThat(run).isEqualTo(new Ended(0, "sightline " + version() + "\n", ""));
  }

  @Test
  void theClassesComeFromTheArchiveOfTheBox() throws Exception {
    Ended archive = run(root.resolve("opt/sightline/bin/archive-classes").toString());
    assertThat(archive).isEqualTo(new Ended(0, "", ""));

    Ended run =
        run(
            "env",
            "SIGHTLINE_JAVA_OPTS=-Xlog:class+load",
            root.resolve("opt/sightline/bin/sightline").toString(),
            "--version");

    assertThat(run.out()).containsPattern("org\\.sightline\\.\\S+ source: shared objects file");
    Files.delete(root.resolve("opt/sightline/classes.jsa"));
  }

  @Test
  void withoutAListOfClassesNoArchiveIsMadeAndThatIsSaid() throws Exception {
    Ended archive =
        run(
            "env",
            "SIGHTLINE_HOME=" + Files.createTempDirectory(root, "bare"),
            root.resolve("opt/sightline/bin/archive-classes").toString());

    assertThat(archive.code()).isOne();
    assertThat(archive.err()).hasLineCount(1).contains("there is no list of classes");
  }

  @Test
  void anArchiveThatDoesNotFitIsPassedOverInSilence() throws Exception {
    Path archive = Files.writeString(root.resolve("opt/sightline/classes.jsa"), "no archive");

    Ended run = run(root.resolve("opt/sightline/bin/sightline").toString(), "--version");

    assertThat(run).isEqualTo(new Ended(0, "sightline " + version() + "\n", ""));
    Files.delete(archive);
  }

  @Test
  void aNameOfLettersOutsideAsciiIsReadInEveryLocale() throws Exception {
    Path clip = TestClips.of(320, 240, 25).h264(root.resolve("clip.mp4"), 25);
    Path named = Files.move(clip, root.resolve("G\u00e4ste am Tor.mp4"));

    Ended run =
        run(
            "env",
            "LC_ALL=C",
            root.resolve("opt/sightline/bin/sightline").toString(),
            "camera",
            "probe",
            named.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("G\u00e4ste am Tor.mp4");
  }

  @Test
  void theLibrariesThatWouldUnpackThemselvesAtEachStartAreInstalled() {
    assertThat(root.resolve("opt/sightline/native"))
        .isDirectoryContaining("glob:**/libonnxruntime.so")
        .isDirectoryContaining("glob:**/libsqlitejdbc.so");
  }

  @Test
  void aTemporaryFolderThatForbidsExecutionHindersNothing() throws Exception {
    Ended run = fieldTestWithTemporaryFolder("noexec", 0);

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aFullTemporaryFolderIsReportedInOneLine() throws Exception {
    Ended run = fieldTestWithTemporaryFolder("size=64k", 64 << 10);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains(root + "/small-");
  }

  /** A field test of a scene in which nobody is listed; only root can mount what is asked for. */
  private static Ended fieldTestWithTemporaryFolder(String options, int filledBytes)
      throws Exception {
    String sightline = root.resolve("opt/sightline/bin/sightline").toString();
    Path scene = root.resolve("scene");
    if (Files.notExists(scene)) {
      String[] small = {"--seed=7", "--fps=2", "--width=320", "--height=180", "--people=1"};
      List<String> generate =
          new ArrayList<>(List.of(sightline, "fieldtest", "generate", "--out", scene.toString()));
      generate.addAll(List.of(small));
      generate.addAll(List.of("--listed=0", "--fillers=1"));
      Ended made = run(generate.toArray(String[]::new));
      assertThat(made.code()).as(made.err()).isZero();
    }
    Path folder = Files.createTempDirectory(root, "small-");
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()).code() == 0,
        "this user may not mount a folder");
    try {
      Files.write(folder.resolve("full"), new byte[filledBytes]);
      return run(
          "env", "TMPDIR=" + folder, sightline, "fieldtest", "run", scene + "/scenario.yaml");
    } finally {
      run("umount", folder.toString());
    }
  }

  @Test
  void everyDocumentThatTheProgramNamesIsInstalled() throws Exception {
    Pattern named = Pattern.compile("\"[^\"\\n]*\\bdocs/([a-z-]+\\.md)");
    Set<String> documents = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(REPOSITORY.resolve("edge-agent"))) {
      for (Path source :
          sources.filter(file -> file.toString().matches(".*/src/main/.*\\.java")).toList()) {
        named.matcher(Files.readString(source)).results().forEach(m -> documents.add(m.group(1)));
      }
    }

    assertThat(documents)
        .contains("configuration.md")
        .allSatisfy(name -> assertThat(root.resolve("opt/sightline/share/docs/" + name)).exists());
  }

  @Test
  void everyLinkOfAnInstalledDocumentLeadsToWhatIsInstalled() throws Exception {
    List<String> dead = new ArrayList<>();
    for (Document document : Document.below(root.resolve("opt/sightline/share"))) {
      document.deadLinks().forEach(link -> dead.add(document.file() + ": " + link));
    }

    assertThat(dead).isEmpty();
  }

  @Test
  void aBuildOfTheProgramAloneNeedsNothingOfTheTests() throws Exception {
    Ended list =
        run(
            "mvn",
            "-B",
            "-o",
            "-ntp",
            "-pl",
            "edge-agent/lab",
            "-am",
            "-Dmaven.test.skip=true",
            "-Dspotless.check.skip=true",
            "-Dmaven.main.skip=true",
            "compile",
            "dependency:list",
            "-DoutputFile=" + root.resolve("dependencies"));

    assertThat(list.code()).as(list.out()).isZero();
    assertThat(Files.readString(root.resolve("dependencies")))
        .contains("info.picocli:picocli")
        .doesNotContainPattern(":test(\\s|$)")
        .doesNotContain("junit");
    assertThat(Files.readString(REPOSITORY.resolve("scripts/lib.sh")))
        .contains("maven -q -T2 -Dmaven.test.skip=true");
  }

  @Test
  void installingAgainKeepsTheSettingsThatWereChanged() {
    assertThat(settings).hasContent("van: van-7");
  }

  @Test
  void installingAgainRemovesTheJarsOfTheVersionBefore() {
    assertThat(jarOfTheVersionBefore).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sightline-agent.service",
        "sightline-board.service",
        "sightline-tidy.service",
        "sightline-tidy.timer"
      })
  void everyUnitPassesTheCheckOfSystemdItself(String unit) throws Exception {
    assumeOnPath("systemd-analyze");

    Ended check = run("systemd-analyze", "verify", "--man=no", runnableUnits() + "/" + unit);

    assertThat(check).isEqualTo(new Ended(0, "", ""));
  }

  /** The installed units, with the program where it is staged. */
  private static Path runnableUnits() throws IOException {
    Path installed = root.resolve("etc/systemd/system");
    Path units = Files.createTempDirectory(root, "units");
    try (Stream<Path> files = Files.walk(installed)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = units.resolve(installed.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.writeString(
            copy, Files.readString(file).replace("/opt/sightline", root + "/opt/sightline"));
      }
    }
    return units;
  }

  @Test
  void aCommandOnABoxWithSealedKeysIsRunByTheServiceManager() throws Exception {
    assertThat(onDevice("deviceKey: credential:device-key").out())
        .startsWith("systemd-run ")
        .contains(" --uid=sightline ")
        .contains(" --setenv=SIGHTLINE_CONFIG=" + root + "/box/agent.yaml ")
        .contains(" LoadCredentialEncrypted=device-key:" + root + "/box/device-key.cred ")
        .endsWith("/opt/sightline/bin/sightline run --config " + root + "/box/agent.yaml\n");
  }

  @Test
  void aCommandOnABoxWithAKeyFileRunsAsTheUserOfTheService() throws Exception {
    assertThat(onDevice("deviceKey: device.key").out())
        .startsWith("runuser --user sightline -- ")
        .contains(" SIGHTLINE_CONFIG=" + root + "/box/agent.yaml ")
        .endsWith("/opt/sightline/bin/sightline run --config " + root + "/box/agent.yaml\n");
  }

  /** What the wrapper calls, as reported by programs that replace those that need root. */
  private static Ended onDevice(String settings) throws Exception {
    Path box = Files.createDirectories(root.resolve("box"));
    Files.writeString(box.resolve("agent.yaml"), "van: van-7\n" + settings + "\n");
    for (String program : List.of("systemd-run", "runuser")) {
      Path file = Files.writeString(box.resolve(program), "#!/bin/sh\necho \"${0##*/}\" \"$@\"\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return run(
        "env",
        "PATH=" + box + ":" + System.getenv("PATH"),
        root.resolve("usr/local/bin/sightline-on-device").toString(),
        "run",
        "--config",
        box + "/agent.yaml");
  }

  @Test
  void settingsThatCannotBeReadAreReportedInOneLine() throws Exception {
    Ended run =
        run(
            root.resolve("usr/local/bin/sightline-on-device").toString(),
            "run",
            "--config=" + root + "/none.yaml");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("/none.yaml");
  }

  @Test
  void everyScriptPassesShellCheck() throws Exception {
    assumeOnPath("shellcheck");
    List<String> command = new ArrayList<>(List.of("shellcheck", "-x"));
    try (Stream<Path> scripts = Files.list(REPOSITORY.resolve("scripts"))) {
      for (Path script : scripts.filter(Files::isRegularFile).toList()) {
        if (!Files.readAllLines(script).get(0).contains("python")) {
          command.add(script.toString());
        }
      }
    }
    for (String script :
        List.of("preinst", "prerm", "postinst", "postrm", "list-guard", "destroy")) {
      command.add(REPOSITORY.resolve("scripts/debian/" + script).toString());
    }
    command.add(REPOSITORY.resolve(".ci/run").toString());

    assertThat(run(command.toArray(String[]::new))).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void anUnknownOptionOfTheInstallerIsReportedInOneLine() throws Exception {
    Ended run = run(REPOSITORY.resolve("scripts/install").toString(), "--everywhere");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("--everywhere");
  }

  private static Ended install() throws Exception {
    return run(
        REPOSITORY.resolve("scripts/install").toString(),
        "--role",
        "lab",
        "--root",
        root.toString());
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
