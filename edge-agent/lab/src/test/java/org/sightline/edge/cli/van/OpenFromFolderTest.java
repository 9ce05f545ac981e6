package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.TestClips;

/** A deployment is opened by one command from what was brought on a stick. */
class OpenFromFolderTest {
  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");

  @TempDir private static Path shared;
  private static Path clip;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path stick;
  private Path settings;

  @BeforeAll
  static void drawAClip() throws Exception {
    clip = TestClips.of(320, 240, 25).h264(shared.resolve("clip.mp4"), 50);
  }

  @BeforeEach
  void bringAStick() throws Exception {
    Exercise exercise = Exercise.ofNobody(folder);
    settings = exercise.settings(NOBODY, "cameras: [{id: mast-1, source: \"" + clip + "\"}]");
    stick = Files.createDirectory(folder.resolve("stick"));
    Path box = folder.resolve("exercise");
    Files.move(box.resolve("authorisation.json"), stick.resolve("signed by two.json"));
    Files.move(box.resolve("list.bundle"), stick.resolve("list"));
    Files.writeString(stick.resolve("notes.json"), "{\"what\": \"else\"}");
  }

  private int open() {
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        "deployment",
        "open",
        "--from",
        stick.toString(),
        "--by",
        "1234",
        "--config",
        settings.toString());
  }

  private String states() throws Exception {
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      return box.deployments().all().stream()
          .map(each -> each.deployment() + " " + each.state())
          .toList()
          .toString();
    }
  }

  @Test
  void whatLiesThereIsFoundByWhatItIsAndOpened() throws Exception {
    open();

    assertThat(states()).isEqualTo("[exercise-1 OPEN]");
    assertThat(folder.resolve("exercise/authorisation.json"))
        .hasSameBinaryContentAs(stick.resolve("signed by two.json"));
  }

  @Test
  void whatStandsAgainstItIsShownAtOnce() {
    int exit = open();

    assertThat(exit).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("deployment exercise-1 is open until", "FAIL", "broker");
  }

  @Test
  void onceMoreChangesNothingAndTestsAgain() throws Exception {
    open();
    open();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("deployment exercise-1 was open already");
    assertThat(states()).isEqualTo("[exercise-1 OPEN]");
  }

  @Test
  void aListThatIsNotTheAuthorisedOneChangesNothing() throws Exception {
    byte[] list = Files.readAllBytes(stick.resolve("list"));
    list[list.length - 1] ^= 1;
    Files.write(stick.resolve("list"), list);

    assertThat(open()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString())
        .contains("the list of deployment exercise-1 is not there")
        .hasLineCount(1);
    assertThat(states()).isEqualTo("[]");
    assertThat(folder.resolve("exercise/authorisation.json")).doesNotExist();
  }

  @Test
  void anAuthorisationThatStandsForNobodyHereIsNamedWithTheReason() throws Exception {
    Files.writeString(settings, Files.readString(settings).replace("van: van-1", "van: another"));

    assertThat(open()).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString())
        .contains("no authorisation for this box lies there; signed by two.json: ")
        .doesNotContain("notes.json")
        .hasLineCount(1);
  }

  @Test
  void ofTwoAuthorisationsNoneIsGuessed() throws Exception {
    Files.copy(stick.resolve("signed by two.json"), stick.resolve("copy.json"));

    assertThat(open()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("copy.json, signed by two.json").hasLineCount(1);
  }

  @Test
  void aFolderThatIsNotThereIsOneLine() throws Exception {
    stick = folder.resolve("usb");

    assertThat(open()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("the folder cannot be searched: " + stick).hasLineCount(1);
  }
}
