package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.testing.ConsoleDocument;
import org.sightline.edge.testing.ConsoleDocument.Command;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;

/** The life of a deployment as docs/deployment.md describes it, command by command. */
class DeploymentDocumentIT {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  @TempDir static Path folder;
  private static ConsoleDocument document;
  private static List<String> printed;

  @BeforeAll
  static void runIt() throws Exception {
    try (LoopbackBroker broker = Mosquitto.open()) {
      broker.start();
      document =
          ConsoleDocument.read(
              REPOSITORY.resolve("docs/deployment.md"),
              Map.of(
                  "mqtt://127.0.0.1:1883",
                  broker.uri().toString(),
                  "/srv/exercise",
                  folder.resolve(ConsoleDocument.WORK).toString(),
                  "2026-11-24",
                  LocalDate.now(ZoneOffset.UTC).plusDays(1).toString()));
      printed = document.run(folder, REPOSITORY.resolve("scripts/sightline"));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandPrintsWhatIsShown() {
    return IntStream.range(0, document.commands().size())
        .mapToObj(
            number -> {
              Command command = document.commands().get(number);
              return DynamicTest.dynamicTest(command.text(), () -> printsWhatIsShown(number));
            });
  }

  private static void printsWhatIsShown(int number) {
    Command command = document.commands().get(number);
    assertThat(printed).as("what the commands before have printed").hasSizeGreaterThan(number);
    assertThat(printed.get(number))
        .as("%s%nis shown to print:%n%s", command.text(), command.shown())
        .matches(command::shows);
  }
}
