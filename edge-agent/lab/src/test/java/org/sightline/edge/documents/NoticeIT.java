package org.sightline.edge.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sightline.edge.documents.Document.inRepository;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** NOTICE names the versions that the native libraries of the build state. */
class NoticeIT {
  @Test
  void eachVersionIsThatOfTheBuild() throws Exception {
    Map<String, String> named = new HashMap<>();
    for (Notice.Library library : Notice.nativeCode()) {
      named.put(library.name(), library.version());
    }
    Map<String, String> stated = statedByTheBuild();

    assertThat(stated).isNotEmpty();
    assertThat(named).containsAllEntriesOf(stated);
  }

  private static Map<String, String> statedByTheBuild() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    inRepository("scripts/debian/native-components").toString(),
                    inRepository("edge-agent/target/sightline").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    Map<String, String> stated = new HashMap<>();
    for (JsonNode library : new JsonMapper().readTree(out)) {
      stated.put(library.required("name").stringValue(), library.path("version").asString("-"));
    }
    return stated;
  }
}
