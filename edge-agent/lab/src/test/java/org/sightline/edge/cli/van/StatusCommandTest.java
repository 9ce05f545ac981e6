package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentStatus;
import org.sightline.edge.app.ProcessStart;
import org.sightline.edge.app.StatusFile;
import org.sightline.edge.cli.Sightline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a technician reads of an agent that runs, and of one that does not. */
class StatusCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private Path settings;
  private Instant starts = Instant.now().minus(Duration.ofHours(1));
  private Instant at = Instant.now();
  private Instant deviceTime = Instant.now();
  private @Nullable String processStart;
  private List<String> alarms = List.of();
  private boolean capturing = true;
  private AgentStatus.@Nullable Paused paused;
  private int exit;

  @BeforeEach
  void haveSettings() throws Exception {
    settings = Files.writeString(folder.resolve("agent.yaml"), "data: .\n");
  }

  private void agentSays() throws Exception {
    AgentStatus said =
        new AgentStatus(
            new AgentStatus.RunningProcess(
                ProcessHandle.current().pid(),
                "2026-11-29T13:00:00Z",
                at.toString(),
                "1.2.3",
                processStart,
                deviceTime.toString()),
            new AgentStatus.Deployment(
                "D-1",
                starts.toString(),
                Instant.now().plus(Duration.ofMinutes(131)).toString(),
                capturing,
                paused,
                List.of("a picture of the figure"),
                null),
            List.of(
                new AgentStatus.Camera("mast-1", List.of(), 24.9, 0.1, 0, 0, 7),
                new AgentStatus.Camera("mast-2", alarms, null, null, 2, 1, 0)),
            new AgentStatus.Broker(true, 0, null),
            new AgentStatus.Alerts(9, 2, 3, 1, 3),
            alarms,
            new AgentStatus.Box(1234L, null, "cpu"));
    Files.write(folder.resolve(StatusFile.NAME), JSON.writeValueAsBytes(said));
  }

  private String status(String... more) {
    StringWriter out = new StringWriter();
    String[] arguments = new String[3 + more.length];
    arguments[0] = "status";
    arguments[1] = "--config";
    arguments[2] = settings.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    exit = Sightline.run(new PrintWriter(out, true), new PrintWriter(out, true), arguments);
    return out.toString();
  }

  @Test
  void anAgentThatIsWellIsDone() throws Exception {
    agentSays();

    assertThat(status())
        .contains("until", "2 h 1", "left")
        .containsPattern("camera mast-1 +24.9 frames/s, last searched frame 0.1 s ago; 0 stalls, 7")
        .contains("9 raised: 2 true, 3 false, 1 unresolved, 3 without an outcome")
        .contains("1234 MiB free");
    assertThat(exit).isZero();
  }

  @Test
  void aPauseIsShownWithItsReasonAndIsNoFault() throws Exception {
    capturing = false;
    paused = new AgentStatus.Paused("2026-11-29T13:20:00Z", "officers-away");
    agentSays();

    assertThat(status())
        .contains("left; PAUSED since 2026-11-29T13:20:00Z (officers-away)")
        .containsPattern("camera mast-1 +closed");
    assertThat(exit).isZero();
  }

  @Test
  void whatIsNotKnownIsSaidToBeNotKnown() throws Exception {
    agentSays();

    assertThat(status())
        .containsPattern("temperature +not known: no sensor of this box can be read")
        .containsPattern("camera mast-2 +frames a second not known, last searched frame none yet");
  }

  @Test
  void aCameraThatDoesNotSeeIsAnAnswerOfNo() throws Exception {
    alarms = List.of("camera-covered");
    agentSays();

    assertThat(status())
        .containsPattern("camera mast-2 +camera-covered")
        .containsPattern("ALARM +camera-covered");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void anAgentThatWaitsForItsStartSaysUntilWhen() throws Exception {
    starts = Instant.now().plus(Duration.ofMinutes(30));
    capturing = false;
    agentSays();

    assertThat(status())
        .contains("D-1 waits until " + starts)
        .containsPattern("camera mast-1 +closed");
    assertThat(exit).isZero();
  }

  @Test
  void camerasThatAreClosedThoughTheyMayBeOpenAreSaidToBe() throws Exception {
    capturing = false;
    agentSays();

    assertThat(status()).contains("left; the cameras are closed");
  }

  @Test
  void ofAnAgentThatIsGoneIsSaidWhenItWasLastSeen() throws Exception {
    processStart = "another run/1";
    agentSays();

    assertThat(status()).contains("none runs; last seen " + at).doesNotContain("mast-1");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void whereNoneHasRunThatIsSaid() {
    assertThat(status()).contains("none runs, and none has run with this data folder");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void anAgentThatHasFallenSilentIsNotWell() throws Exception {
    at = Instant.now().minus(Duration.ofMinutes(3));
    processStart = ProcessStart.of(ProcessHandle.current().pid());
    agentSays();

    assertThat(status()).contains("but has said nothing for 3 min");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void whatIsSaidAheadOfTheClockIsNotFresh() throws Exception {
    at = Instant.now().plus(Duration.ofMinutes(3));
    processStart = ProcessStart.of(ProcessHandle.current().pid());
    agentSays();

    assertThat(status()).contains("what it said last is of " + at + ", ahead of the clock");
    assertThat(exit).isEqualTo(1);
  }

  @Test
  void whatIsLeftGoesByTheTimeThatTheAgentFollows() throws Exception {
    deviceTime = Instant.now().plus(Duration.ofHours(1));
    agentSays();

    assertThat(status()).contains("1 h 1", "left");
  }

  @Test
  void anAgentThatCapturesDoesNotWaitWhateverTheClockShows() throws Exception {
    starts = Instant.now().plus(Duration.ofMinutes(30));
    agentSays();

    assertThat(status()).contains("left").doesNotContain("waits until");
  }

  @Test
  void theJsonHoldsWhatTheAgentSaid() throws Exception {
    agentSays();

    JsonNode output = JSON.readTree(status("--json"));

    assertThat(output.required("running").booleanValue()).isTrue();
    assertThat(output.required("said").required("cameras").get(0).required("id").stringValue())
        .isEqualTo("mast-1");
  }

  @Test
  void thereIsNoColourInWhatIsNoTerminal() throws Exception {
    agentSays();

    assertThat(status()).doesNotContain("\u001b");
  }
}
