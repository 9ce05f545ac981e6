package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.TestClips;

/** A new box gets its keys and settings by options alone; questions are asked by nobody here. */
class SetupCommandTest {
  @TempDir private static Path shared;
  private static Path clip;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path settings;
  private Path authority;

  @BeforeAll
  static void drawAClip() throws Exception {
    clip = TestClips.of(320, 240, 25).h264(shared.resolve("clip.mp4"), 50);
  }

  @BeforeEach
  void bringTheAuthoritysKey() throws Exception {
    settings = folder.resolve("etc/agent.yaml");
    authority = folder.resolve("a.public");
    AuthorityKey.generate().publicKey().writeTo(authority);
  }

  private int setUp(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("setup", "--yes", "--config", settings.toString()));
    arguments.addAll(List.of(more));
    return Sightline.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private int setUpAsNew(String... more) {
    return setUp(
        Stream.concat(
                Stream.of(
                    "--van=van-7",
                    "--authority=" + authority,
                    "--broker=mqtt://127.0.0.1:1",
                    "--camera=mast-1=" + clip,
                    "--model-pack=builtin"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void theSettingsAreThoseThatWereAskedForWithTheirComments() throws Exception {
    setUpAsNew();

    assertThat(err.toString()).isEmpty();
    AgentSettings read = AgentSettings.read(settings);
    assertThat(read.van().value()).isEqualTo("van-7");
    assertThat(read.cameras()).extracting(CameraSettings::source).containsExactly(clip.toString());
    assertThat(read.trust().authorities()).containsExactly(folder.resolve("etc/a.public"));
    assertThat(Files.readString(settings)).contains("# Database and state", "# One or more");
  }

  @Test
  void theKeysAreMadeForTheirOwnerAloneAndTheIdentityBelongsToThem() throws Exception {
    setUpAsNew();

    Path key = folder.resolve("etc/device.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(DeviceIdentity.read(folder.resolve("etc/device.identity")).fingerprint())
        .isEqualTo(DeviceKeys.read(key).identity().fingerprint());
  }

  @Test
  void itEndsWithWhatDoctorFinds() {
    assertThat(setUpAsNew()).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("device key", "authority a.public", "FAIL", "broker");
  }

  @Test
  void onceMoreKeepsWhatIsThereToTheLastComment() throws Exception {
    setUpAsNew();
    String before = Files.readString(settings) + "\n# Ours.\nthreshold: 0.7\n";
    Files.writeString(settings, before);
    byte[] key = Files.readAllBytes(folder.resolve("etc/device.key"));

    setUp();

    assertThat(err.toString()).isEmpty();
    assertThat(settings).hasContent(before);
    assertThat(folder.resolve("etc/device.key")).hasBinaryContent(key);
  }

  @Test
  void oneMoreCameraIsAddedWithItsPasswordForTheServiceAlone() throws Exception {
    setUpAsNew();
    Path password = Files.writeString(folder.resolve("brought"), "secret-1\n");

    setUp("--camera", "roof=rtsp://agent@192.0.2.9/1", "--camera-password", "roof=" + password);

    AgentSettings read = AgentSettings.read(settings);
    assertThat(read.cameras())
        .extracting(each -> each.id().value())
        .containsExactly("mast-1", "roof");
    Path copy = folder.resolve("etc/roof.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(out.toString() + err).doesNotContain("secret-1");
  }

  @Test
  void whatIsMissingIsNamedByItsOptionAndNothingIsMade() {
    assertThat(setUp("--van", "van-7")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString()).contains("--authority").hasLineCount(1);
    assertThat(folder.resolve("etc")).doesNotExist();
  }

  @Test
  void whatIsNoUsableAnswerIsRefusedBeforeAnythingIsMade() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.public"), "no key");

    assertThat(setUpAsNew("--authority=" + wrong)).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(setUpAsNew("--camera", "Mast 2=rtsp://192.0.2.9/1"))
        .isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("wrong.public", "--camera").hasLineCount(2);
    assertThat(folder.resolve("etc")).doesNotExist();
  }

  @Test
  void settingsThatCannotBeUsedAreLeftAsTheyAre() throws Exception {
    Files.createDirectories(settings.getParent());
    Files.writeString(settings, "van: van-1\nvan: van-2\n");

    assertThat(setUpAsNew()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString()).contains("the key 'van' is there twice").hasLineCount(1);
    assertThat(settings).hasContent("van: van-1\nvan: van-2\n");
  }
}
