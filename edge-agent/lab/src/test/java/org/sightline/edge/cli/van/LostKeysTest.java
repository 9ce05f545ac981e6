package org.sightline.edge.cli.van;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.deployment.DestructionReceipt;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.OutboxEvent;
import org.sightline.edge.outbox.OutboxException;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.SoftTpm;
import org.sightline.edge.testing.TestClips;

/**
 * A box with an open deployment got another TPM, so that nothing opens its keys: what
 * docs/deployment.md#when-the-keys-cannot-be-unsealed says, with the program as a person starts it.
 */
class LostKeysTest {
  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");
  private static final String NAME = "device-key";

  @TempDir private static Path folder;
  private static SoftTpm tpm;
  private static Exercise box;
  private static String cameras;
  private static Path settings;
  private static Path sealed;

  private static Ended renewedTooEarly;
  private static Ended closed;
  private static List<Path> listsLeft;
  private static Ended renewed;
  private static Ended tidied;

  @BeforeAll
  static void recoverABoxWhoseKeysAreLost() throws Exception {
    loseTheKeysOfAnOpenDeployment();
    renewedTooEarly = sightline("device", "renew");
    closed = sightline("deployment", "close", "--by", "4711");
    try (Stream<Path> left = Files.list(box.data().resolve("lists"))) {
      listsLeft = left.toList();
    }
    renewed = sightline("device", "renew");
    openTheKeys();
    tidied = sightline("deployment", "tidy");
  }

  private static void loseTheKeysOfAnOpenDeployment() throws Exception {
    tpm = SoftTpm.boot(folder.resolve("board"), "firmware 1");
    box = Exercise.ofNobody(folder.resolve("box"));
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    cameras = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
    settings = box.opened(NOBODY, cameras);
    leaveAnAlert();
    sealTheKeys();
    tpm = tpm.replaced(folder.resolve("another-board"));
  }

  @AfterAll
  static void switchOff() {
    if (tpm != null) {
      tpm.close();
    }
  }

  private static void leaveAnAlert() throws Exception {
    try (Device device = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      Instant now = Instant.now();
      Outbox outbox = new Outbox(device.database(), device.keys().storage());
      device
          .database()
          .write(
              tx ->
                  outbox.enqueue(
                      tx,
                      new KnownAlert(
                          UUID.randomUUID(),
                          Exercise.DEPLOYMENT,
                          now.plus(Duration.ofHours(1)),
                          false),
                      new CameraId("mast-1"),
                      "what the alert holds".getBytes(UTF_8),
                      now));
    }
  }

  private static void sealTheKeys() throws Exception {
    Path clear = box.folder().resolve("device.key");
    sealed = box.folder().resolve(NAME + ".cred");
    run(
        List.of(
            "systemd-creds",
            "encrypt",
            "--name=" + NAME,
            "--with-key=host+tpm2",
            "--tpm2-pcrs=16",
            clear.toString(),
            sealed.toString()));
    Files.delete(clear);
    box.identity().writeTo(identity());
    Files.writeString(settings, withSealedKeys(Files.readString(settings)));
  }

  private static String withSealedKeys(String text) {
    return text.replace("deviceKey: device.key", "deviceKey: credential:" + NAME);
  }

  private static Path identity() {
    return box.folder().resolve("device.identity");
  }

  private record Ended(int code, String said) {}

  private static Ended run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SYSTEMD_TPM2_DEVICE", tpm.address());
    builder.environment().put("SYSTEMD_CREDENTIAL_SECRET", folder.resolve("host.secret") + "");
    builder.environment().put(KeyFile.CREDENTIALS_DIRECTORY, opened().toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), said);
  }

  /** Where the service manager leaves the keys that it has opened. */
  private static Path opened() {
    return folder.resolve("credentials");
  }

  /** What the service manager does before it starts a command of the service. */
  private static void openTheKeys() throws Exception {
    Files.createDirectories(opened());
    Ended decrypted =
        run(
            List.of(
                "systemd-creds",
                "decrypt",
                "--name=" + NAME,
                sealed.toString(),
                opened().resolve(NAME).toString()));
    assertThat(decrypted.code()).as(decrypted.said()).isZero();
  }

  private static Ended sightline(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Sightline.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", settings.toString()));
    return run(command);
  }

  private static AgentSettings withOpenedKeys(Path file) throws Exception {
    return AgentSettings.read(file, Map.of(KeyFile.CREDENTIALS_DIRECTORY, opened().toString()));
  }

  private static Device asTheServiceSeesIt() throws Exception {
    return Device.open(withOpenedKeys(settings), Clock.systemUTC());
  }

  @Test
  void thereAreNoNewKeysAsLongAsTheListIsHere() {
    assertThat(renewedTooEarly.said())
        .contains("a list is on this box", "deployment close --by NUMBER --config " + settings);
  }

  @Test
  void theListIsDestroyedWithoutTheKeys() {
    assertThat(listsLeft).as(closed.said()).isEmpty();
  }

  @Test
  void theCloseEndsWithWhatIsWrongAndSaysThatTheListIsDestroyed() {
    assertThat(closed.code()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(closed.said()).contains("is closed and its list is destroyed", "deployment tidy");
  }

  @Test
  void theBoxIsAnotherDeviceThen() throws Exception {
    assertThat(renewed.code()).as(renewed.said()).isZero();
    assertThat(DeviceIdentity.read(identity()).fingerprint())
        .isNotEqualTo(box.identity().fingerprint());
  }

  @Test
  void withNewKeysTheBundleIsRemoved() {
    assertThat(tidied.code()).as(tidied.said()).isZero();
    assertThat(box.list()).doesNotExist();
  }

  @Test
  void withNewKeysTheReceiptOfTheDestructionIsSigned() throws Exception {
    try (Device device = asTheServiceSeesIt()) {
      byte[] receipt = device.deployments().receipt(Exercise.DEPLOYMENT).orElseThrow();
      assertThat(DestructionReceipt.read(receipt, DeviceIdentity.read(identity()))).isPresent();
    }
  }

  @Test
  void anAlertThatTheOldKeysSealedIsNotOpenedByNewOnes() throws Exception {
    try (Device device = asTheServiceSeesIt()) {
      Outbox outbox = new Outbox(device.database(), device.keys().storage());
      OutboxEvent alert = outbox.next(0).orElseThrow();
      assertThatThrownBy(() -> outbox.payload(alert))
          .isInstanceOf(OutboxException.class)
          .hasMessageContaining("cannot be opened");
    }
  }

  @Test
  void anotherDeploymentIsOpenedOnIt() throws Exception {
    DeploymentId next = new DeploymentId("exercise-2");
    Exercise after =
        Exercise.ofNobody(
            folder.resolve("after"), next, DeviceKeys.readCredential(opened().resolve(NAME)));
    Path file = after.settings(NOBODY, cameras);
    Files.writeString(
        file, withSealedKeys(Files.readString(file)).replace("data: data", "data: " + box.data()));
    AgentSettings its = withOpenedKeys(file);

    Exercise.open(its);

    try (Device device = Device.open(its, Clock.systemUTC())) {
      assertThat(device.requireAuthority(false).deployment()).isEqualTo(next);
    }
  }
}
