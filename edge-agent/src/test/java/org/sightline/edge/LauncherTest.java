package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scripts/launch makes of the Java machine that it starts, told by that machine itself, when
 * the environment asks for the contrary of everything.
 */
class LauncherTest {
  private static final String LAUNCHER = Path.of("..", "scripts", "launch").toString();
  private static final String CONTRARY =
      "-XX:+HeapDumpOnOutOfMemoryError -XX:+CreateCoredumpOnCrash -XX:-DisableAttachMechanism"
          + " -XX:+UsePerfData";

  @TempDir private static Path folder;
  private static final Map<String, String> flags = new HashMap<>();
  private static final Set<String> variables = new HashSet<>();
  private static String coreFiles;

  @BeforeAll
  static void launch() throws Exception {
    // Tells the limit on core files, and then what a Java without a program tells of its flags.
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
}
