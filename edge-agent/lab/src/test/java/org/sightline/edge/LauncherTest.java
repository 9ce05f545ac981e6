package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scripts/launch makes of the Java machine that it starts, as that machine itself reports it,
 * when the environment asks for the contrary of everything.
 */
class LauncherTest {
  private static final String LAUNCHER = Path.of("..", "..", "scripts", "launch").toString();
  private static final String CONTRARY =
      "-XX:+HeapDumpOnOutOfMemoryError -XX:+CreateCoredumpOnCrash -XX:-DisableAttachMechanism"
          + " -XX:+UsePerfData";

  @TempDir private static Path folder;
  private static final Map<String, String> flags = new HashMap<>();
  private static final Set<String> variables = new HashSet<>();
  private static String coreFiles;

  @BeforeAll
  static void launch() throws Exception {
    Files.createDirectories(folder.resolve("lib"));
    // Prints the limit on core files, and then what a Java without a program prints of its flags.
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "$(ulimit -S -c) $(ulimit -H -c)"
        env | sed 's/^/environment /'
        exec "%s/bin/java" -XX:+PrintFlagsFinal "$@"
        """
            .formatted(System.getProperty("java.home")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder launcher =
        new ProcessBuilder(List.of("bash", "-c", "ulimit -S -c hard; exec \"$0\"", LAUNCHER))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    launcher.environment().put("JAVA_HOME", folder.resolve("java").toString());
    launcher.environment().put("SIGHTLINE_HOME", folder.toString());
    launcher.environment().put("JAVA_TOOL_OPTIONS", CONTRARY);
    launcher.environment().put("JDK_JAVA_OPTIONS", CONTRARY);
    launcher.environment().put("_JAVA_OPTIONS", CONTRARY);
    launcher.environment().put("IBM_JAVA_OPTIONS", CONTRARY);
    launcher.environment().put("OPENJ9_JAVA_OPTIONS", CONTRARY);
    launcher.environment().put("JAVA_OPTS", CONTRARY);
    launcher.environment().put("CLASSPATH", "elsewhere.jar");
    launcher.environment().put("LD_LIBRARY_PATH", "/nowhere");
    launcher.environment().put("A_NAME_OF_TOMORROW", "x");
    launcher.environment().put("CREDENTIALS_DIRECTORY", "/run/credentials/x");
    launcher.environment().put("NOTIFY_SOCKET", "/run/systemd/notify");
    launcher.environment().put("WATCHDOG_USEC", "1");
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    coreFiles = said.lines().findFirst().orElseThrow();
    said.lines()
        .filter(line -> line.matches("environment \\w+=.*"))
        .forEach(line -> variables.add(line.substring("environment ".length()).split("=", 2)[0]));
    Matcher flag = Pattern.compile("(\\w+) += (\\w+)").matcher(said);
    while (flag.find()) {
      flags.put(flag.group(1), flag.group(2));
    }
  }

  @Test
  void noCoreFileCanBeWritten() {
    assertThat(coreFiles).isEqualTo("0 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HeapDumpOnOutOfMemoryError", "CreateCoredumpOnCrash", "UsePerfData"})
  void nothingInTheEnvironmentSwitchesOn(String flag) {
    assertThat(flags).containsEntry(flag, "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DisableAttachMechanism", "ErrorFileToStderr"})
  void nothingInTheEnvironmentSwitchesOff(String flag) {
    assertThat(flags).containsEntry(flag, "true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "_JAVA_OPTIONS",
        "IBM_JAVA_OPTIONS",
        "OPENJ9_JAVA_OPTIONS",
        "JAVA_OPTS",
        "CLASSPATH",
        "LD_LIBRARY_PATH",
        "A_NAME_OF_TOMORROW"
      })
  void theJavaMachineDoesNotSee(String variable) {
    assertThat(variables).isNotEmpty().doesNotContain(variable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "SIGHTLINE_HOME",
        "CREDENTIALS_DIRECTORY",
        "NOTIFY_SOCKET",
        "WATCHDOG_USEC"
      })
  void theAgentSees(String variable) {
    assertThat(variables).contains(variable);
  }

  @Test
  void theCompilerMayBeChosen() throws Exception {
    ProcessBuilder launcher = new ProcessBuilder("bash", LAUNCHER, "run");
    launcher.environment().put("JAVA_HOME", folder.resolve("java").toString());
    launcher.environment().put("SIGHTLINE_HOME", folder.toString());
    launcher.environment().put("SIGHTLINE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    String said =
        new String(launcher.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).containsPattern("TieredStopAtLevel += 1\\b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y",
        "-agentpath:/tmp/agent.so",
        "-javaagent:/tmp/agent.jar",
        "-Xrunjdwp:server=y",
        "-Xdebug",
        "-XX:StartFlightRecording",
        "-XX:StartFlightRecording=filename=/tmp/x.jfr",
        "-XX:FlightRecorderOptions=repository=/tmp",
        "-XX:+HeapDumpOnOutOfMemoryError",
        "-XX:+HeapDumpBeforeFullGC",
        "-XX:HeapDumpPath=/tmp/x",
        "-XX:OnOutOfMemoryError=gcore",
        "-XX:OnError=gcore",
        "-XX:-DisableAttachMechanism",
        "-XX:+StartAttachListener",
        "-XX:+UsePerfData",
        "-XX:TieredStopAtLevel=0",
        "-XX:Flags=/tmp/flags",
        "-XX:VMOptionsFile=/tmp/flags",
        "-XX:+UnlockDiagnosticVMOptions",
        "-Dcom.sun.management.jmxremote.port=9",
        "-Djava.class.path=/tmp",
        "-Xbootclasspath/a:/tmp/x.jar",
        "--patch-module=java.base=/tmp",
        "-Xlog:all:file=/tmp/x",
        "@/tmp/arguments",
        "-cp",
        "-jar"
      })
  void anOptionThatOpensTheMachineIsRefusedByName(String option) throws Exception {
    ProcessBuilder launcher =
        new ProcessBuilder("bash", LAUNCHER, "--version").redirectErrorStream(true);
    launcher.environment().put("JAVA_HOME", folder.resolve("java").toString());
    launcher.environment().put("SIGHTLINE_HOME", folder.toString());
    launcher.environment().put("SIGHTLINE_JAVA_OPTS", "-Xmx64m " + option);
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said).startsWith("sightline: SIGHTLINE_JAVA_OPTS: " + option + " is not allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx1",
        "-Xss1",
        "-Xmx99999999999999999999",
        "-Xms256m -Xmx64m",
        "-XX:+UseSerialGC -XX:+UseG1GC",
      })
  void aMachineThatCannotStartIsUnusableInputInOneLine(String wanted) throws Exception {
    ProcessBuilder launcher =
        new ProcessBuilder("bash", LAUNCHER, "--version").redirectErrorStream(true);
    launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
    launcher.environment().put("SIGHTLINE_HOME", folder.toString());
    launcher.environment().put("SIGHTLINE_JAVA_OPTS", wanted);
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(said)
        .hasLineCount(1)
        .startsWith("sightline: SIGHTLINE_JAVA_OPTS: Java does not start with " + wanted);
  }

  @Test
  void anOptionOnALineOfItsOwnIsRefusedToo() throws Exception {
    assertThat(saidTo("SIGHTLINE_JAVA_OPTS=$'-Xmx64m\\n-XX:StartFlightRecording' \"$0\" --version"))
        .startsWith("sightline: SIGHTLINE_JAVA_OPTS: -XX:StartFlightRecording is not allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec() { echo taken; }; export -f exec; \"$0\"",
        "compgen() { echo taken; }; export -f compgen; \"$0\"",
        "printf() { echo taken; }; export -f printf; SIGHTLINE_JAVA_OPTS=-Xdebug \"$0\"",
        "echo 'echo taken' >rc; BASH_ENV=$PWD/rc \"$0\"",
        "env SHELLOPTS=xtrace PS4='taken ' \"$0\""
      })
  void noFunctionOrSettingOfAShellTakesTheLaunchersPlace(String shell) throws Exception {
    assertThat(saidTo(shell + " --version")).doesNotContain("taken");
  }

  @Test
  void aProgramThatIsNotThereIsReportedInOneLine() throws Exception {
    assertThat(saidTo("SIGHTLINE_HOME=/nowhere \"$0\" --version; echo $?"))
        .hasLineCount(2)
        .startsWith("sightline: the program is not there: /nowhere/lib (")
        .endsWith("2\n");
  }

  /** What is said when a shell starts the launcher, {@code $0}, with a Java that says nothing. */
  private static String saidTo(String shell) throws Exception {
    Path program =
        Files.createDirectories(Files.createTempDirectory(folder, "java").resolve("bin"))
            .resolve("java");
    Files.writeString(program, "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder launcher =
        new ProcessBuilder("bash", "-c", shell, Path.of(LAUNCHER).toAbsolutePath().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    launcher.environment().put("JAVA_HOME", program.getParent().getParent().toString());
    launcher.environment().put("SIGHTLINE_HOME", folder.toString());
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=", "LANG=de_DE.ISO-8859-1", "LC_ALL=xx_XX.UTF-8"})
  void whereTheLocaleIsNotOneOfUtf8AnotherIsTaken(String setting) throws Exception {
    assertThat(seenWith("LC_ALL", setting)).isEqualTo("C.UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC_CTYPE=C.UTF-8", "LANG=C.UTF-8"})
  void aLocaleOfUtf8IsLeftAsItIs(String setting) throws Exception {
    assertThat(seenWith("LC_ALL", setting)).isNull();
  }

  /** The value that Java sees of a variable, if of the locale nothing is set but one variable. */
  private static @Nullable String seenWith(String variable, String setting) throws Exception {
    Running launched =
        Running.of(
            "exec env -u LC_ALL -u LC_CTYPE -u LANG %s \"$0\"".formatted(setting),
            "env | sed 's/^/said /'");
    String value = launched.said(variable + "=(.*)");
    launched.kill();
    return value;
  }

  @Test
  void aLimitOfFewOpenFilesIsReportedInOneLine() throws Exception {
    Process launcher =
        new ProcessBuilder("bash", "-c", "ulimit -n 64; exec \"$0\" --version", LAUNCHER)
            .redirectErrorStream(true)
            .start();
    String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(launcher.waitFor()).isEqualTo(2);
    assertThat(said).hasLineCount(1).contains("64", "256");
  }

  /** The limit that counts is the hard one: Java raises the other to it. */
  @Test
  void aSoftLimitOfFewOpenFilesIsNoHindrance() throws Exception {
    Running launched = Running.of("ulimit -S -n 64; exec \"$0\"", Running.ARGUMENTS);

    assertThat(launched.said("(org\\.sightline\\.\\S+)")).isNotNull();
    assertThat(flags).containsEntry("MaxFDLimit", "true");
    launched.kill();
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnxruntime.native.path", "org.sqlite.lib.path"})
  void librariesOfTheInstallationAreNotUnpackedAgain(String property) throws Exception {
    Path libraries = Files.createDirectories(folder.resolve("native"));
    Running launched = Running.withCache();

    assertThat(launched.said("-D" + property + "=(.*)")).isEqualTo(libraries.toString());
    launched.kill();
  }

  @Test
  void whatAKilledProcessLeavesTheNextOneRemoves() throws Exception {
    Running first = Running.withCache();
    Path left = Files.writeString(first.temporaryFolder().resolve("library.so"), "x");
    first.kill();

    Running.withCache().kill();

    assertThat(left.getParent()).doesNotExist();
  }

  @Test
  void whatALivingProcessHasUnpackedStays() throws Exception {
    Running living = Running.withCache();
    Path library = Files.writeString(living.temporaryFolder().resolve("library.so"), "x");

    Running.withCache().kill();

    assertThat(library).exists();
    living.kill();
  }

  @Test
  void aServiceLoadsNoNativeLibraryThatAnotherProcessLeft() throws Exception {
    Path planted = folder.resolve("cache/javacpp/libjnijavacpp.so");
    Files.createDirectories(planted.getParent());
    Files.writeString(planted, "x");
    Running launched = Running.withCache();

    assertThat(launched.said("-Dorg\\.bytedeco\\.javacpp\\.cachedir=(.*)"))
        .isEqualTo(launched.temporaryFolder() + "/javacpp");
    assertThat(launched.temporaryFolder().resolve("javacpp")).isEmptyDirectory();
    launched.kill();
  }

  @Test
  void aServiceWithoutATemporaryFolderLoadsNoNativeLibraryOfItsHome() throws Exception {
    Path file = Files.writeString(folder.resolve("no-folder"), "");

    Running launched =
        Running.of("SIGHTLINE_CACHE='%s' exec \"$0\"".formatted(file), Running.ARGUMENTS);

    assertThat(launched.said("-Dorg\\.bytedeco\\.javacpp\\.(.*)"))
        .isEqualTo("cacheLibraries=false");
    launched.kill();
  }

  @Test
  void nothingIsRemovedThroughALinkInPlaceOfTheFolder() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("mine/run.abcdef"));
    Path cache = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(cache.resolve("tmp"), mine.getParent());

    Running launched =
        Running.of("SIGHTLINE_CACHE='%s' exec \"$0\"".formatted(cache), Running.ARGUMENTS);

    assertThat(launched.said("-Djava.io.tmpdir=(.*)")).isNull();
    assertThat(mine).exists();
    launched.kill();
  }

  @Test
  void whereNoTemporaryFolderCanBeMadeTheProgramStartsAllTheSame() throws Exception {
    Path file = Files.writeString(folder.resolve("in-the-way"), "");

    Running launched =
        Running.of("SIGHTLINE_CACHE='%s' exec \"$0\"".formatted(file), Running.ARGUMENTS);

    assertThat(launched.said("(org\\.sightline\\.\\S+)")).isNotNull();
    launched.kill();
  }

  /** What was launched, with a Java that says something and then runs until it is killed. */
  private record Running(Process process, List<String> said) {
    static final String ARGUMENTS = "printf 'said %s\\n' \"$@\"";

    static Running withCache() throws Exception {
      return of("SIGHTLINE_CACHE='%s' exec \"$0\"".formatted(folder.resolve("cache")), ARGUMENTS);
    }

    /**
     * @param shell runs the launcher, {@code $0}
     * @param java what Java says, each line after "said"
     */
    static Running of(String shell, String java) throws Exception {
      Path program =
          Files.createDirectories(Files.createTempDirectory(folder, "java").resolve("bin"))
              .resolve("java");
      Files.writeString(program, "#!/bin/sh\n" + java + "\necho all\nexec cat\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      ProcessBuilder launcher = new ProcessBuilder("bash", "-c", shell, LAUNCHER);
      launcher.environment().put("JAVA_HOME", program.getParent().getParent().toString());
      launcher.environment().put("SIGHTLINE_HOME", folder.toString());
      Process process = launcher.start();
      List<String> said = new ArrayList<>();
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      for (String line = lines.readLine(); !"all".equals(line); line = lines.readLine()) {
        said.add(String.valueOf(line));
      }
      return new Running(process, said);
    }

    /** The group of a line that it has said; null if it has said none such. */
    @Nullable String said(String pattern) {
      return said.stream()
          .map(Pattern.compile("said " + pattern)::matcher)
          .filter(Matcher::matches)
          .map(line -> line.group(1))
          .findFirst()
          .orElse(null);
    }

    Path temporaryFolder() {
      return Path.of(String.valueOf(said("-Djava.io.tmpdir=(.*)")));
    }

    void kill() throws Exception {
      process.destroyForcibly().waitFor();
    }
  }
}
