package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.record.WaitFigures;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.AgentProcess;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.TestClips;

/** The whole way: camera, agent, broker, board, officer, and back to the record on the box. */
class FromStreetToRecordTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void whatAnOfficerFindsOnThePageIsCountedOnTheBox() throws Exception {
    try (Chromium chromium = Chromium.launch();
        RunningBoard board = RunningBoard.in(Files.createDirectory(folder.resolve("board")));
        Seat seat = chromium.seat(board).loggedInAs(RunningBoard.FIRST)) {
      InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
      GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
      Path nobody = TestClips.of(320, 240, 5).h264(folder.resolve("nobody.mp4"), 5);
      Exercise exercise = Exercise.in(folder.resolve("exercise"), pack, street.enrol(pack));
      board.knows(Exercise.VAN.value(), exercise.identity());
      exercise.permission().sealedFor(board.keys.identity()).write();
      Path settings =
          exercise.opened(
              board.broker.uri(),
              street.settings("  - {id: mast-2, source: \"%s\", loop: true}".formatted(nobody)));

      try (AgentProcess agent = AgentProcess.run(settings)) {
        assertThat(seat.find(".row")).hasCount(2, new HasCountOptions().setTimeout(90_000));
        assertThat(seat.find(".pictures img")).hasCount(2);
        seat.press("t", "Enter");
        assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");
        assertThat(seat.find("#next")).isFocused();
        seat.press("Enter", "f", "Enter");
        assertThat(seat.find("#empty-title")).hasText("Recorded: FALSE");

        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(outcomes(exercise))
                        .as(agent.said())
                        .containsExactly("false by officer:1234", "true by officer:1234"));
        assertThat(seat.find("#closed").getByText("Confirmed by the van")).hasCount(2);
        WaitFigures waits = waits(exercise);
        assertThat(List.of(waits.published(), waits.seen(), waits.outcome()))
            .extracting(WaitFigures.Times::alerts)
            .containsOnly(2);
        assertThat(waits.notPlausible()).isZero();

        seat.page().click("#test");
        assertThat(seat.find("#vans"))
            .containsText(Pattern.compile("Test alert arrived after [\\d,]+ ms"));
        assertThat(seat.find("#readiness"))
            .containsText("test alerts of this shift from 1 of 1 van");
        assertThat(seat.find(".row")).hasCount(0);
        assertThat(tests(exercise)).as(agent.said()).isEqualTo(1);
        assertThat(waits(exercise).published().alerts()).isEqualTo(2);
      }
      assertThat(seat.complaints()).isEmpty();
    }
  }

  private static long tests(Exercise exercise) throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      return AuditLines.of(database).stream().filter(line -> line.contains("test-alert")).count();
    }
  }

  private static WaitFigures waits(Exercise exercise) throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      DeploymentId deployment =
          database
              .first("SELECT id FROM deployment", row -> new DeploymentId(row.text("id")))
              .orElseThrow();
      return PublicRecord.read(database, deployment).waits();
    }
  }

  private static List<String> outcomes(Exercise exercise) throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      return database.query(
          "SELECT outcome, actor FROM alert_outcome ORDER BY outcome",
          row -> row.text("outcome") + " by " + row.text("actor"));
    }
  }
}
