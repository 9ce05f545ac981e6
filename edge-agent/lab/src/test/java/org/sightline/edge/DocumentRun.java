package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.sightline.edge.testing.ConsoleDocument;
import org.sightline.edge.testing.ConsoleDocument.Command;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;

/**
 * A page that was run by the packaged program and a broker of its own.
 *
 * @param printed by each command, as far as they were run
 */
record DocumentRun(ConsoleDocument document, List<String> printed) {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  /** Agents of a page run for seconds: the optimising compiler would take more than it gives. */
  static final String FOR_SECONDS = "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private static final String[] PROGRAM = {
    "env",
    "SIGHTLINE_HOME=" + REPOSITORY.resolve("edge-agent/target/sightline"),
    "SIGHTLINE_JAVA_OPTS=" + FOR_SECONDS,
    REPOSITORY.resolve("scripts/launch").toString()
  };

  /**
   * Runs a page.
   *
   * @param changes what is on the page, and what is in its place besides broker and day of review
   * @param folder to run it in; empty
   */
  static DocumentRun of(String page, Map<String, String> changes, Path folder) throws Exception {
    try (LoopbackBroker broker = Mosquitto.open()) {
      broker.start();
      Map<String, String> all = new HashMap<>(changes);
      all.put("mqtt://127.0.0.1:1883", broker.uri().toString());
      all.put("2026-11-24", LocalDate.now(ZoneOffset.UTC).plusDays(1).toString());
      ConsoleDocument document =
          ConsoleDocument.read(REPOSITORY.resolve("docs").resolve(page), all);
      return new DocumentRun(document, document.run(folder, PROGRAM));
    }
  }

  /** A test for each command. */
  Stream<DynamicTest> everyCommandPrintsWhatIsShown() {
    return IntStream.range(0, document.commands().size())
        .mapToObj(
            number ->
                DynamicTest.dynamicTest(
                    document.commands().get(number).text(), () -> printsWhatIsShown(number)));
  }

  private void printsWhatIsShown(int number) {
    Command command = document.commands().get(number);
    assertThat(printed).as("what the commands before have printed").hasSizeGreaterThan(number);
    assertThat(printed.get(number))
        .as("%s%nis shown to print:%n%s", command.text(), command.shown())
        .matches(command::shows);
  }
}
