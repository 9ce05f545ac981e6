package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.Exercise;

/** No capture without authority: the camera is a socket that would notice being opened. */
@Execution(ExecutionMode.CONCURRENT)
class AgentRefusalsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Nobody listens there. */
  private static final URI BROKER = URI.create("mqtt://127.0.0.1:1");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir private Path folder;
  private ServerSocketChannel camera;
  private Exercise exercise;

  @BeforeEach
  void prepare() throws Exception {
    camera = ServerSocketChannel.open();
    camera.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    camera.configureBlocking(false);
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    exercise = Exercise.in(folder.resolve("exercise"), pack, List.of(somebody()));
  }

  @AfterEach
  void close() throws Exception {
    camera.close();
  }

  private static WatchlistEntry somebody() {
    float[] values = new float[64];
    values[0] = 1;
    return new WatchlistEntry(
        new SubjectRef("S-0001"),
        "exercise",
        List.of(Template.normalised("builtin", values)),
        new Jpeg(new byte[] {1}));
  }

  private Path settings(String... more) throws Exception {
    String[] lines = new String[more.length + 1];
    lines[0] =
        "cameras: [{id: mast-1, source: \"rtsp://viewer:secret@127.0.0.1:%d/stream\"}]"
            .formatted(((InetSocketAddress) camera.getLocalAddress()).getPort());
    System.arraycopy(more, 0, lines, 1, more.length);
    return exercise.settings(BROKER, lines);
  }

  private Path settingsWithBroker(String keys) throws Exception {
    Path file = settings();
    return Files.writeString(
        file, Files.readString(file).replace("{uri: \"" + BROKER + "\"}", keys));
  }

  private void isRefused(String reason, String... more) throws Exception {
    isRefused(settings(more), reason);
  }

  private void isRefused(Path settings, String reason) throws Exception {
    ends(settings, reason, ErrorKind.REFUSED);
  }

  private void isUnusable(Path settings, String reason) throws Exception {
    ends(settings, reason, ErrorKind.UNUSABLE_INPUT);
  }

  private void ends(Path settings, String reason, ErrorKind kind) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Sightline.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "run",
            "--config",
            settings.toString());
    assertThat(exit).isEqualTo(kind.exitCode());
    assertThat(err.toString().strip()).hasLineCount(1).contains(reason).doesNotContain("secret");
    assertThat(out.toString()).isEmpty();
    assertThat(camera.accept()).as("a connection to the camera").isNull();
  }

  @Test
  void withoutThePackAgainstAttacksThatItsSettingsNameThereIsNoCapture() throws Exception {
    Path settings = settings("attackPack: minifasnet");
    Exercise.open(AgentSettings.read(settings));
    isUnusable(settings, "model pack minifasnet is not installed");
  }

  @Test
  void withAuthorityTheCameraIsOpened() throws Exception {
    AgentSettings opened = AgentSettings.read(settings());
    Exercise.open(opened);
    Agent agent = Agent.start(opened, Clock.systemUTC(), AgentObserver.NONE, () -> {});
    try (agent) {
      await().atMost(SOON).until(() -> camera.accept() != null);
    }
  }

  @Test
  void aDeploymentWhoseListIsNotHereIsRefused() throws Exception {
    isRefused("nothing of the deployment is on this device");
  }

  @Test
  void aDeploymentThatIsNotOpenIsRefused() throws Exception {
    AgentSettings settings = AgentSettings.read(settings());
    try (Device box = Device.open(settings, Clock.systemUTC());
        DataFolderLock lock = box.lock()) {
      box.deployments()
          .importList(
              lock,
              settings.deployment().authorisation(),
              settings.deployment().watchlist(),
              box.pack(),
              Actor.officer("1234"),
              () -> {});
    }
    isRefused("the deployment is not open");
  }

  @Test
  void anAuthorisationSignedAgainAfterTheImportIsRefused() throws Exception {
    Exercise.open(AgentSettings.read(settings()));
    exercise.permission().between(now, now.plusSeconds(60)).write();
    isRefused("the authorisation is not the one that the list was imported under");
  }

  @Test
  void aSecondAgentOnTheSameDataIsRefusedAsWhatMayPass() throws Exception {
    AgentSettings opened = AgentSettings.read(settings());
    Exercise.open(opened);
    try (DataFolderLock other = DataFolderLock.take(exercise.data(), Duration.ZERO)) {
      assertThat(other).isNotNull();
      ends(
          settings(), "an agent or another command is using this data folder", ErrorKind.TEMPORARY);
    }
  }

  @Test
  void aMissingAuthorisationIsRefused() throws Exception {
    Files.delete(exercise.authorisation());
    isUnusable(settings(), "no capture: the authorisation cannot be read");
  }

  @Test
  void garbageIsRefused() throws Exception {
    Files.writeString(exercise.authorisation(), "{\"please\": true}");
    isUnusable(settings(), "no capture: the file is not an authorisation");
  }

  @Test
  void anEmptyAuthorisationIsRefused() throws Exception {
    Files.writeString(exercise.authorisation(), "");
    isUnusable(settings(), "no capture");
  }

  @Test
  void anExpiredAuthorisationIsRefused() throws Exception {
    exercise.permission().between(now.minusSeconds(60), now.minusSeconds(1)).write();
    isRefused("no capture: the authorisation ended at");
  }

  @Test
  void anAuthorisationForAnotherDeviceIsRefused() throws Exception {
    exercise.permission().device(DeviceKeys.generate()).write();
    isRefused("no capture: the authorisation is for device");
  }

  @Test
  void anAuthorisationForAnotherVanIsRefused() throws Exception {
    exercise.permission().van("van-2").write();
    isRefused("no capture: the authorisation is for van van-2, this is van-1");
  }

  @Test
  void anUnknownAuthorityIsRefused() throws Exception {
    exercise.permission().signedBy(AuthorityKey.generate()).write();
    isRefused("no capture: the authorisation is signed by an authority not trusted here");
  }

  @Test
  void aLiveDeploymentWithTheBuiltInEngineIsRefused() throws Exception {
    permitLive();
    isRefused(
        settingsWithBroker(
            "{uri: \"mqtts://127.0.0.1:1\", certificateFile: van.crt, keyFile: van.key}"),
        "no capture: the model pack builtin is for exercises only");
  }

  @Test
  void aLiveDeploymentWithABrokerThatDoesNotKnowTheVanByACertificateIsRefused() throws Exception {
    permitLive();
    isRefused("no capture: a live deployment needs a broker over TLS");
  }

  private void permitLive() throws Exception {
    AuthorityKey second = AuthorityKey.generate();
    exercise.trust(second);
    exercise.permission().live(second).write();
  }

  @Test
  void aLiveDeploymentWithOneSignatureIsRefused() throws Exception {
    exercise.permission().live().write();
    isRefused("no capture: a live deployment needs the signatures of 2 authorities; there is 1");
  }

  @Test
  void onvifEventsBesideSealedAlertsAreRefusedUnlessTheyArePermitted() throws Exception {
    exercise.permission().sealedFor(ControlRoomKeys.generate().identity()).write();
    Exercise.open(AgentSettings.read(settings()));
    isRefused(
        settingsWithBroker("{uri: \"" + BROKER + "\", onvif: true}"),
        "permits no ONVIF events beside alerts that are sealed");
  }

  @Test
  void aThresholdBelowTheAuthorisedFloorIsRefused() throws Exception {
    exercise.permission().thresholdFloor(0.7).write();
    Exercise.open(AgentSettings.read(settings()));
    isUnusable(settings("threshold: 0.69"), "below the authorised floor");
  }

  @Test
  void aClipThatIsNotThereIsReportedAtTheStart() throws Exception {
    Path none = folder.resolve("none.mp4");
    Path settings =
        exercise.opened(BROKER, "cameras: [{id: mast-1, source: \"%s\"}]".formatted(none));
    assertThatThrownBy(
            () ->
                Agent.start(
                    AgentSettings.read(settings), Clock.systemUTC(), AgentObserver.NONE, () -> {}))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining(none.toString());
  }
}
