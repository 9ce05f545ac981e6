package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.testing.Exercise;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an officer reads who pauses capture and has it go on. */
class DeploymentPauseCommandTest {
  @TempDir private Path folder;
  private Path settings;
  private AgentSettings known;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openADeployment() throws Exception {
    settings =
        Exercise.ofNobody(folder)
            .opened(URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: none.mp4}]");
    known = AgentSettings.read(settings);
  }

  private int run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("deployment", command, "--config", settings.toString()));
    arguments.addAll(List.of(more));
    return Sightline.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private int pause() {
    return run("pause", "--by", "1234", "--reason", "officers-away");
  }

  @Test
  void whereNoAgentRunsItIsPausedAtOnce() {
    assertThat(pause()).isZero();

    assertThat(out.toString().strip())
        .isEqualTo(
            "deployment exercise-1 is paused (officers-away): the cameras are closed, and no list is"
                + " in memory");
  }

  @Test
  void anAgentThatDoesNotAnswerMayHaveItsCamerasOpen() throws Exception {
    DataFolderLock agent = DataFolderLock.take(known.folders().data(), Duration.ofSeconds(10));
    int exit =
        new CommandLine(new DeploymentPauseCommand(Duration.ZERO))
            .setErr(new PrintWriter(err, true))
            .execute("--config", settings.toString(), "--by", "1234", "--reason", "officers-away");
    agent.close();

    assertThat(exit).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString())
        .contains("THE CAMERAS MAY STILL BE OPEN", "systemctl stop sightline-agent");
  }

  @Test
  void settingsThatWereMadeWrongDoNotHideThatCamerasMayBeOpen() throws Exception {
    Files.writeString(settings, Files.readString(settings).replace("van:", "vann:"));

    assertThat(pause()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("nothing is paused, THE CAMERAS MAY STILL BE OPEN: unknown key 'vann'");
  }

  @Test
  void aReasonIsAWordOfAList() {
    assertThat(run("pause", "--by", "1234", "--reason", "lunch")).isEqualTo(2);
    assertThat(err.toString())
        .contains("must be one of officers-away, incident, moving, technical, ordered");
  }

  @Test
  void theStateOfDeploymentsSaysThatItIsPausedAndWhy() {
    pause();
    out.getBuffer().setLength(0);

    assertThat(run("status")).isZero();
    assertThat(out.toString())
        .containsPattern("capture +the deployment is paused, but no agent has said")
        .containsPattern(
            "exercise-1 +open since .*, paused since .* \\(officers-away\\) by officer:1234");
  }

  @Test
  void programsReadThePauseToo() {
    pause();
    out.getBuffer().setLength(0);
    run("status", "--json");

    JsonNode status = new JsonMapper().readTree(out.toString());
    assertThat(status.required("captureNow").booleanValue()).isFalse();
    assertThat(status.required("deployments").get(0).required("paused").required("reason"))
        .hasToString("\"officers-away\"");
  }

  @Test
  void onceResumedCaptureIsPermittedAgain() {
    pause();

    assertThat(run("resume", "--by", "1234")).isZero();
    assertThat(out.toString()).contains("deployment exercise-1 is resumed, until ");
    out.getBuffer().setLength(0);
    run("status");
    assertThat(out.toString()).containsPattern("capture +permitted now").doesNotContain("paused");
  }

  @Test
  void whatIsNotPausedIsNotResumed() {
    assertThat(run("resume", "--by", "1234")).isEqualTo(1);
    assertThat(err.toString()).contains("the deployment is not paused");
  }
}
