package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.H264Pictures;
import org.sightline.edge.testing.TestCamera;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestClips;

/** The table of faults in docs/troubleshooting.md: each is injected, and doctor names the cause. */
class FaultTableTest {
  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| (?<fault>[^|]+) \\| `(?<subject>[^`]+)` \\| (?<said>(?:FAIL|look) [^|]+) \\|");

  @TempDir private static Path shared;
  private static Path clip;
  private static H264Pictures pictures;
  private static Path rare;

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Exercise exercise;

  /** Makes a box with one fault, and returns its settings. */
  private interface Fault {
    Path inject() throws Exception;
  }

  /** A row of the table. */
  record Row(String fault, String subject, String said) {}

  @BeforeAll
  static void drawClips() throws Exception {
    clip = TestClips.of(320, 240, 25).h264(shared.resolve("clip.mp4"), 50);
    pictures = H264Pictures.read(TestClips.of(320, 240, 25).h264(shared.resolve("a.h264"), 50));
    // A whole picture for each 250, so that of these 100 the first alone is one.
    rare = TestClips.of(320, 240, 250).h264(shared.resolve("rare.h264"), 100);
  }

  static List<Row> table() throws IOException {
    return Files.readAllLines(Path.of("../../docs/troubleshooting.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group("fault"), row.group("subject"), row.group("said")))
        .toList();
  }

  private static String camera(String source, String... more) {
    return "cameras: [{id: mast-1, source: \"%s\"%s}]"
        .formatted(source, Stream.of(more).map(each -> ", " + each).reduce("", String::concat));
  }

  private Path box(String... lines) throws Exception {
    return exercise.settings(
        NOBODY, lines.length == 0 ? new String[] {camera(clip.toString())} : lines);
  }

  private Path opened() throws Exception {
    return exercise.opened(NOBODY, camera(clip.toString()));
  }

  private static Path changed(Path settings, String from, String to) throws IOException {
    return Files.writeString(settings, Files.readString(settings).replace(from, to));
  }

  private Path password(String text) throws IOException {
    return Files.writeString(folder.resolve("p"), text);
  }

  private TestCamera running(TestCamera camera) {
    open.add(camera);
    return camera;
  }

  private Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    ofSettings(faults);
    ofCameras(faults);
    ofDeployments(faults);
    return faults;
  }

  private void ofSettings(Map<String, Fault> faults) {
    faults.put(
        "a key of the settings is misspelled", () -> box(camera(clip.toString()), "vann: v"));
    faults.put(
        "a key of the settings is there twice", () -> box(camera(clip.toString()), "van: van-2"));
    faults.put("a tab in the settings", () -> box("cameras:\n\t- {id: mast-1, source: a.mp4}"));
    faults.put(
        "others can read the device's key",
        () -> {
          Path settings = box();
          Files.setPosixFilePermissions(
              exercise.folder().resolve("device.key"),
              PosixFilePermissions.fromString("rw-r--r--"));
          return settings;
        });
    faults.put(
        "the file of an authority is no key",
        () -> {
          Path settings = box();
          Files.writeString(exercise.folder().resolve("authority.public"), "no key");
          return settings;
        });
    faults.put(
        "the model pack is not installed",
        () -> changed(box(), "modelPack: builtin", "modelPack: retail-0095"));
    faults.put("the broker is away", this::box);
    faults.put(
        "the device's key belongs to another user",
        () -> {
          Path settings = box();
          givenTo("nobody", exercise.folder().resolve("device.key"));
          return settings;
        });
    faults.put(
        "the certificate of this van has expired",
        () -> withCertificate(new TestCertificates(folder).expiredServer("DNS:van-1")));
    faults.put(
        "the certificate of this van expires before the deployment ends",
        () -> {
          opened();
          Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
          exercise
              .permission()
              .between(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(5)))
              .write();
          return withCertificate(new TestCertificates(folder).client("van-1"));
        });
  }

  private Path withCertificate(TestCertificates.Issued own) throws Exception {
    return changed(
        box(),
        "{uri: \"" + NOBODY + "\"}",
        "{uri: \"mqtts://127.0.0.1:1\", certificateFile: \"%s\", keyFile: \"%s\"}"
            .formatted(own.certificate(), own.key()));
  }

  private static void givenTo(String user, Path file) throws IOException {
    try {
      Files.setOwner(
          file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    } catch (FileSystemException e) {
      throw new TestAbortedException("only root gives files to others", e);
    }
  }

  private void ofCameras(Map<String, Fault> faults) {
    faults.put("a camera is away", () -> box(camera("rtsp://127.0.0.1:1/a")));
    faults.put(
        "a camera's password is wrong",
        () ->
            box(
                camera(
                    running(TestCamera.start(pictures).asksFor("MD5")).address(TestCamera.USER),
                    "passwordFile: \"" + password("wrong") + "\"")));
    faults.put(
        "a camera's password file is not there",
        () -> box(camera("rtsp://agent@127.0.0.1:1/a", "passwordFile: gone.password")));
    faults.put(
        "a camera's password file is not UTF-8",
        () -> {
          Path file = password("");
          Files.write(file, new byte[] {'k', (byte) 0xe4});
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
          return box(camera("rtsp://agent@127.0.0.1:1/a", "passwordFile: \"" + file + "\""));
        });
    faults.put(
        "a camera asks for no login",
        () -> box(camera(running(TestCamera.start(pictures)).address())));
    faults.put(
        "a source has sound alone",
        () -> box(camera(TestClips.silence(folder.resolve("sound.mp4")).toString())));
    faults.put(
        "a source is no video",
        () -> box(camera(Files.writeString(folder.resolve("notes.mp4"), "notes").toString())));
    faults.put(
        "a source gives one picture",
        () ->
            box(camera(TestClips.of(320, 240, 25).h264(folder.resolve("one.mp4"), 1).toString())));
    faults.put(
        "a source changes its size",
        () -> {
          Path turning = Files.copy(rare, folder.resolve("turning.h264"));
          byte[] other =
              Files.readAllBytes(TestClips.of(240, 320, 25).h264(folder.resolve("o.h264"), 10));
          return box(camera(Files.write(turning, other, StandardOpenOption.APPEND).toString()));
        });
    faults.put(
        "a source has pictures of 8K",
        () ->
            box(
                camera(
                    TestClips.of(7680, 4320, 25)
                        .mjpeg422(folder.resolve("8k.avi"), 2)
                        .toString())));
    faults.put(
        "a camera sends key pictures every four seconds",
        () ->
            exercise.opened(
                NOBODY, camera(running(TestCamera.start(H264Pictures.read(rare))).address())));
    faults.put(
        "a camera gives five pictures a second",
        () ->
            box(camera(TestClips.of(320, 240, 5).h264(folder.resolve("slow.mp4"), 15).toString())));
  }

  private void ofDeployments(Map<String, Fault> faults) {
    faults.put(
        "the authorisation is for another van",
        () -> changed(opened(), "van: van-1", "van: van-2"));
    faults.put(
        "the authorisation was altered",
        () -> {
          Path settings = opened();
          changed(exercise.authorisation(), "\"payload\":\"", "\"payload\":\"A");
          return settings;
        });
    faults.put(
        "the authorisation is over",
        () -> {
          Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
          Path settings = opened();
          exercise
              .permission()
              .between(now.minus(Duration.ofHours(3)), now.minus(Duration.ofHours(1)))
              .write();
          return settings;
        });
    faults.put(
        "the list is not imported",
        () -> {
          Path settings = box();
          Device.open(AgentSettings.read(settings), Clock.systemUTC()).close();
          return settings;
        });
    faults.put(
        "the clock was set back by an hour",
        () -> {
          Path settings = opened();
          Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
          try (Device box = Device.open(AgentSettings.read(settings), ahead)) {
            box.clock().remember();
          }
          return settings;
        });
    faults.put(
        "the deployment is paused",
        () -> {
          Path settings = opened();
          try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
            box.deployments().pauses().pause(PauseReason.TECHNICAL, Actor.officer("1234"));
          }
          return settings;
        });
    faults.put(
        "ONVIF events would show what is sealed",
        () -> {
          exercise.permission().sealedFor(ControlRoomKeys.generate().identity()).write();
          return changed(opened(), NOBODY + "\"}", NOBODY + "\", onvif: true}");
        });
  }

  @ParameterizedTest
  @MethodSource("table")
  void theCauseIsNamed(Row row) throws Exception {
    exercise = Exercise.ofNobody(folder);
    Fault fault = faults().get(row.fault());
    assertThat(fault).as("how to inject: " + row.fault()).isNotNull();
    try {
      String[] said = row.said().split(" ", 2);
      assertThat(DoctorFindings.about(row.subject(), fault.inject()))
          .startsWith(said[0])
          .contains(said[1]);
    } finally {
      for (AutoCloseable each : open) {
        each.close();
      }
    }
  }

  @Test
  void everyFaultThatCanBeInjectedIsInTheTable() throws Exception {
    assertThat(table()).extracting(Row::fault).containsExactlyElementsOf(faults().keySet());
  }
}
