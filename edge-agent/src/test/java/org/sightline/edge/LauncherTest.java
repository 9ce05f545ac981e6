package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        exec "%s/bin/java" -XX:+PrintFlagsFinal "$@"
        """
            .formatted(System.getProperty("java.home")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder launcher =
        new ProcessBuilder(List.of("bash", "-c", "ulimit -S -c hard; exec \"$0\"", LAUNCHER))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    launcher.environment().put("JAVA_HOME", folder.resolve("java").toString());
    launcher.environment().put("SIGHTLINE_HOME", folder.toString());
    launcher.environment().put("SIGHTLINE_JAVA_OPTS", CONTRARY);
    launcher.environment().put("JAVA_TOOL_OPTIONS", CONTRARY);
    launcher.environment().put("JDK_JAVA_OPTIONS", CONTRARY);
    launcher.environment().put("_JAVA_OPTIONS", CONTRARY);
    Process process = launcher.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    coreFiles = said.lines().findFirst().orElseThrow();
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
}
