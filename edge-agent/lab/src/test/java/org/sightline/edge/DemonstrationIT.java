package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.testing.Mosquitto;

/** scripts/demo, as somebody runs it who has neither weights nor clips, in a locale of ASCII. */
class DemonstrationIT {
  @TempDir private Path folder;

  @Test
  void theDemonstrationGoesFromTheKeysToTheAuditLog() throws Exception {
    Mosquitto.assumeInstalled();
    ProcessBuilder demo =
        new ProcessBuilder("../../scripts/demo").redirectError(folder.resolve("err").toFile());
    demo.environment().put("SIGHTLINE_MODELS", folder.resolve("none").toString());
    demo.environment().put("LC_ALL", "C");
    demo.environment().put("SIGHTLINE_JAVA_OPTS", DocumentRun.FOR_SECONDS);
    Process process = demo.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out)
        .containsSubsequence(
            "possible match: S-000", "is destroyed: 27 entries", "Alerts ", "intact: ");
    assertThat(folder.resolve("err")).content().doesNotContain("Exception", "\u001b[");
  }
}
