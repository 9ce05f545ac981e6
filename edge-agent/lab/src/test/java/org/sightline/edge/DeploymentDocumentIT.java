package org.sightline.edge;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.testing.ConsoleDocument;

/** The life of a deployment as docs/deployment.md describes it, command by command. */
class DeploymentDocumentIT {
  @TempDir static Path folder;
  private static DocumentRun run;

  @BeforeAll
  static void runIt() throws Exception {
    run =
        DocumentRun.of(
            "deployment.md",
            Map.of("/srv/exercise", folder.resolve(ConsoleDocument.WORK).toString()),
            folder);
  }

  @TestFactory
  Stream<DynamicTest> everyCommandPrintsWhatIsShown() {
    return run.everyCommandPrintsWhatIsShown();
  }
}
