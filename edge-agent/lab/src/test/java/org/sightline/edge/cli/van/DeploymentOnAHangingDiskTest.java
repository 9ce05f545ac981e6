package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.HangingDisk;
import picocli.CommandLine;

/** What is reported to the officer who closes a deployment whose disk does not answer. */
class DeploymentOnAHangingDiskTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration AT_ONCE = Duration.ofMillis(500);

  @TempDir private Path folder;
  private HangingDisk disk;
  private Exercise exercise;
  private Path settings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openADeployment() throws Exception {
    disk = HangingDisk.on(folder.resolve("exercise/data"), folder.resolve("disk"));
    exercise = Exercise.ofNobody(folder);
    settings =
        exercise.opened(
            URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: none.mp4}]");
  }

  @AfterEach
  void letTheCommandEnd() throws Exception {
    if (disk != null) {
      disk.answerAgain();
      await().atMost(SOON).until(() -> lists().toFile().list().length == 0);
      disk.close();
    }
  }

  private Path lists() {
    return exercise.data().resolve("lists");
  }

  private CompletableFuture<Integer> close(Duration hopeless) {
    CommandLine command =
        new CommandLine(new DeploymentCloseCommand(AT_ONCE, hopeless))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return CompletableFuture.supplyAsync(
        () -> command.execute("--config", settings.toString(), "--by", "1234"));
  }

  @Test
  void theOfficerIsSoonWarnedThatTheCamerasMayBeOpen() throws Exception {
    disk.hang();

    CompletableFuture<Integer> exitCode = close(SOON);

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(err.toString())
                    .contains("still working: the cameras may be open until this is done")
                    .contains("systemctl stop sightline-agent"));
    assertThat(exitCode).isNotDone();
  }

  @Test
  void theCommandGivesUpAndSaysSo() throws Exception {
    disk.hang();

    assertThat(close(AT_ONCE).get(60, TimeUnit.SECONDS)).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString())
        .contains("the disk of the data folder does not answer: THE CAMERAS MAY STILL BE OPEN");
  }

  @Test
  void aDiskThatAnswersAgainInTimeIsNoFailure() throws Exception {
    disk.hang();
    CompletableFuture<Integer> exitCode = close(SOON);
    await().atMost(SOON).until(() -> err.toString().contains("still working"));

    disk.answerAgain();

    assertThat(exitCode.get(60, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString()).contains("is closed");
  }
}
