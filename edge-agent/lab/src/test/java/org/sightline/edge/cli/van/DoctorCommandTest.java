package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.H264Pictures;
import org.sightline.edge.testing.TestCamera;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.JsonNode;

/** Faults of a box, one at a time: each is found, and named by its cause and its remedy. */
class DoctorCommandTest {
  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");

  @TempDir private static Path shared;
  private static Path clip;
  private static H264Pictures pictures;
  private static LoopbackBroker broker;

  @TempDir private Path folder;
  private Exercise exercise;
  private Path settings;

  @BeforeAll
  static void startTheWorldAround() throws Exception {
    clip = TestClips.of(320, 240, 25).h264(shared.resolve("clip.mp4"), 100);
    pictures = H264Pictures.read(TestClips.of(320, 240, 25).h264(shared.resolve("a.h264"), 50));
    broker = LoopbackBroker.open();
  }

  @AfterAll
  static void stopIt() {
    broker.close();
  }

  @BeforeEach
  void setUpABox() throws Exception {
    exercise = Exercise.ofNobody(folder);
  }

  private static String camera(String source, String... more) {
    return "cameras: [{id: mast-1, source: \"%s\"%s}]"
        .formatted(source, Stream.of(more).map(each -> ", " + each).reduce("", String::concat));
  }

  private List<JsonNode> findings() {
    return DoctorFindings.of(settings);
  }

  private String found(String subject) {
    return DoctorFindings.about(subject, settings);
  }

  @Test
  void anOpenExerciseIsFoundAsItIs() throws Exception {
    settings = exercise.opened(broker.uri(), camera(clip.toString()));

    List<JsonNode> findings = findings();

    assertThat(findings)
        .filteredOn(each -> each.required("verdict").asString().equals("ok"))
        .extracting(each -> each.required("subject").asString())
        .contains(
            "settings",
            "java",
            "device key",
            "authority authority.public",
            "disk space",
            "model pack",
            "networks",
            "device time",
            "authorisation",
            "watchlist",
            "camera mast-1",
            "camera mast-1 frame rate",
            "broker",
            "right to publish alerts");
    assertThat(findings)
        .extracting(each -> each.required("verdict").asString())
        .doesNotContain("FAIL");
  }

  @Test
  void aControlRoomThatDoesNotListenIsFound() throws Exception {
    settings = exercise.opened(broker.uri(), camera(clip.toString()));

    assertThat(found("control room")).startsWith("look nobody is subscribed");
  }

  @Test
  void settingsThatCannotBeReadLeaveTheMachineToBeTested() throws Exception {
    settings = exercise.settings(NOBODY, camera(clip.toString()), "vann: van-1");

    assertThat(found("settings")).startsWith("FAIL").contains("vann");
    assertThat(found("java")).startsWith("ok");
  }

  @Test
  void aRightThatTheBrokerDoesNotGiveIsFound() throws Exception {
    Path rights =
        Files.writeString(
            folder.resolve("rights"),
            "topic write sightline/v1/van-1/alerts\ntopic read sightline/v1/van-1/revocations\n");
    try (LoopbackBroker strict =
        LoopbackBroker.prepare(List.of("allow_anonymous true", "acl_file " + rights))) {
      strict.start();
      settings = exercise.settings(strict.uri(), camera(clip.toString()));

      assertThat(found("right to publish alerts")).startsWith("ok");
      assertThat(found("right to publish status")).startsWith("FAIL refused");
    }
  }

  /** Which Mosquitto decides when it delivers: it takes any subscription. */
  @Test
  void theRightToHearIsNotSaidToBeThereBecauseASubscriptionIsTaken() throws Exception {
    settings = exercise.settings(broker.uri(), camera(clip.toString()));

    assertThat(found("right to hear revocations")).startsWith("not tested");
  }

  @Test
  void aCameraIsLoggedInToButNotLookedThroughWithoutAnAuthority() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("MD5")) {
      String user = Files.writeString(folder.resolve("p"), TestCamera.PASSWORD).toString();
      settings =
          exercise.settings(
              NOBODY, camera(camera.address(TestCamera.USER), "passwordFile: \"" + user + "\""));

      assertThat(found("camera mast-1")).startsWith("ok logged in, offers H264");
      assertThat(camera.asked()).extracting(TestCamera.Asked::method).containsOnly("DESCRIBE");
    }
  }

  @Test
  void nothingIsLeftInADataFolderThatHoldsNothing() throws Exception {
    settings = exercise.settings(NOBODY, camera("rtsp://127.0.0.1:1/a"));
    Files.createDirectories(exercise.data());

    findings();

    assertThat(exercise.data()).isEmptyDirectory();
  }

  @Test
  void camerasThatARunningAgentReadsAreNotOpenedASecondTime() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures)) {
      settings = exercise.opened(NOBODY, camera(camera.address()));
      try (DataFolderLock agent = DataFolderLock.take(exercise.data(), Duration.ZERO)) {
        assertThat(agent).isNotNull();
        assertThat(found("camera mast-1 pictures")).startsWith("not tested the agent is running");
      }
    }
  }

  @Test
  void aTrialOfTheDeviceNeedsNoKeysOfTheServiceManager() throws Exception {
    settings = exercise.settings(NOBODY, camera(clip.toString()));
    Files.writeString(
        settings,
        Files.readString(settings)
            .replace("deviceKey: device.key", "deviceKey: credential:device-key")
            .replace("modelPack: builtin", "modelPack: not-installed"));
    StringWriter err = new StringWriter();

    Sightline.run(
        new PrintWriter(new StringWriter(), true),
        new PrintWriter(err, true),
        "doctor",
        "--device",
        "--config",
        settings.toString());

    assertThat(err.toString()).contains("not-installed").doesNotContain("credential");
  }

  @Test
  void theExitCodeSaysWhetherSomethingStandsAgainstADeployment() throws Exception {
    settings = exercise.settings(NOBODY, camera(clip.toString()));
    StringWriter out = new StringWriter();

    int code =
        Sightline.run(
            new PrintWriter(out, true),
            new PrintWriter(new StringWriter(), true),
            "check",
            "--config",
            settings.toString());

    assertThat(code).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("FAIL +broker: the broker cannot be reached.*"));
  }
}
