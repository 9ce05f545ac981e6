package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.Agent;
import org.sightline.edge.app.AgentObserver;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.SmallDisk;
import org.sightline.edge.testing.TestClips;

/** What the officer and the timer can still do when the disk of the data folder cannot. */
class DeploymentOnABadDiskTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private SmallDisk disk;
  private Exercise exercise;
  private Path settings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openADeployment() throws Exception {
    disk = SmallDisk.on(folder.resolve("exercise/data"));
    exercise = Exercise.ofNobody(folder);
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    settings =
        exercise.opened(
            URI.create("mqtt://127.0.0.1:1"),
            "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip));
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private int deployment(String... command) {
    String[] line = new String[command.length + 3];
    line[0] = "deployment";
    System.arraycopy(command, 0, line, 1, command.length);
    line[command.length + 1] = "--config";
    line[command.length + 2] = settings.toString();
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
  }

  private Path lists() {
    return exercise.data().resolve("lists");
  }

  @Test
  void closingStopsCaptureThoughTheDiskIsFull() throws Exception {
    Thread officer = new Thread(() -> deployment("close", "--by", "1234"));
    try (Agent agent =
        Agent.start(
            AgentSettings.read(settings), Clock.systemUTC(), AgentObserver.NONE, () -> {})) {
      await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);
      disk.fill();
      officer.start();
      assertThat(agent.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }
    officer.join();
    assertThat(lists()).isEmptyDirectory();
  }

  @Test
  void closingDestroysTheListThoughTheDiskIsFullAndNoAgentRuns() throws Exception {
    disk.fill();

    int exitCode = deployment("close", "--by", "1234");

    assertThat(lists()).isEmptyDirectory();
    assertThat(exitCode).isEqualTo(ErrorKind.TEMPORARY.exitCode());
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("is over and its list is destroyed, but this could not be recorded");
  }

  @Test
  void whatCouldNotBeRecordedIsRecordedByTheTimer() throws Exception {
    disk.fill();
    deployment("close", "--by", "1234");
    disk.free();

    assertThat(deployment("tidy")).isZero();
    deployment("status");
    assertThat(out.toString()).contains("destroyed").contains("closed by officer:1234");
  }

  @Test
  void theTimerDestroysWhatIsOverThoughTheDiskIsFull() throws Exception {
    disk.fill();
    Files.write(exercise.data().resolveSibling("revocation.json"), exercise.revocation());

    assertThat(deployment("tidy")).isEqualTo(ErrorKind.TEMPORARY.exitCode());
    assertThat(lists()).isEmptyDirectory();
  }

  @Test
  void theStatusIsShownThoughTheDiskIsFull() throws Exception {
    disk.fill();
    assertThat(deployment("status")).isZero();
    assertThat(out.toString()).contains("permitted now");
  }

  @Test
  void theStatusSaysThatADeploymentIsOverThoughThatIsNotRecorded() throws Exception {
    disk.fill();
    deployment("close", "--by", "1234");

    deployment("status");

    assertThat(out.toString())
        .contains("ended since", "closed by officer:1234")
        .doesNotContain("open since");
  }

  @Test
  void anAgentThatStartsOnAFullDiskMayStartLater() throws Exception {
    disk.fill();

    int exitCode =
        Sightline.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "run",
            "--config",
            settings.toString());

    assertThat(exitCode).isEqualTo(ErrorKind.TEMPORARY.exitCode());
    assertThat(err.toString().strip()).hasLineCount(1).contains("free space on its disk");
  }

  @Test
  void theStatusIsShownThoughTheDiskIsOnlyRead() throws Exception {
    disk.makeReadOnly();
    assertThat(deployment("status")).isZero();
    assertThat(out.toString()).contains("permitted now");
  }

  @Test
  void theTimerSaysThatADiskOnlyReadKeepsItFromItsWork() throws Exception {
    disk.makeReadOnly();
    assertThat(deployment("tidy")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("Read-only file system");
    assertThat(Files.exists(lists())).isTrue();
  }
}
