package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.Exercise;

/** What an officer reads whose deployment cannot be closed as the settings stand. */
class DeploymentCloseCommandTest {
  @TempDir private Path folder;
  private Path settings;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeSettings() throws Exception {
    float[] values = new float[64];
    values[0] = 1;
    Exercise exercise =
        Exercise.in(
            folder.resolve("exercise"),
            ModelPacks.at(folder.resolve("models")).installed("builtin"),
            List.of(
                new WatchlistEntry(
                    new SubjectRef("S-0001"),
                    "exercise",
                    List.of(Template.normalised("builtin", values)),
                    new Jpeg(new byte[] {1}))));
    settings =
        exercise.settings(
            URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: none.mp4}]");
  }

  @ParameterizedTest
  @CsvSource({
    "van:, vann:, unknown key 'vann'",
    "modelPack: builtin, modelPack: nosuch, there is no such model pack",
    "device.key, gone.key, there is no such file"
  })
  void settingsThatWereMadeWrongWhileAnAgentRunsDoNotHideThatItsCamerasAreOpen(
      String right, String wrong, String cause) throws Exception {
    Files.writeString(settings, Files.readString(settings).replace(right, wrong));

    int exitCode =
        Sightline.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "deployment",
            "close",
            "--by",
            "1234",
            "--config",
            settings.toString());

    assertThat(exitCode).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("THE CAMERAS MAY STILL BE OPEN", "systemctl stop sightline-agent", cause);
  }
}
