package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Decoder;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.PixelAspect;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.web.ListenAddress;

class AgentSettingsTest {
  private static final String WHOLE =
      """
      van: van-7
      data: data
      deviceKey: keys/device.key
      authorities: [authority.pub]
      authorisation: authorisation.json
      watchlist: list.bundle
      broker: {uri: "mqtt://127.0.0.1:1883"}
      cameras:
        - {id: mast-1, source: "rtsp://user:hunter2@10.0.0.7/main?x=1"}
        - {id: mast-2, source: clips/a.mp4, pace: fastest, stallAfter: 500ms, loop: true}
      """;

  private static final String ONE_ADDRESS = "\"mqtt://127.0.0.1:1883\"";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("agent.yaml");
  }

  @Test
  void pathsAreRelativeToTheFile() throws Exception {
    AgentSettings settings = read(WHOLE);
    assertThat(settings.trust().deviceKey())
        .isEqualTo(new KeyFile(folder.resolve("keys/device.key"), false));
    assertThat(settings.cameras().get(1).source())
        .isEqualTo(folder.resolve("clips/a.mp4").toString());
  }

  @Test
  void theDefaultsAreTheseAndNoOthers() throws Exception {
    AgentSettings settings = read(WHOLE);
    CameraSettings camera = settings.cameras().get(0);
    assertThat(
            List.of(
                settings.recognition().modelPack(),
                camera.pace(),
                camera.patience().stallAfter(),
                camera.loop()))
        .containsExactly("retail-0095", Pace.REALTIME, Duration.ofSeconds(2), false);
    assertThat(settings.inference().device()).isEqualTo(InferenceDevice.CPU);
    assertThat(camera.decoder()).isEqualTo(Decoder.SOFTWARE);
    assertThat(camera.patience().keyPictureWithin()).isEqualTo(Duration.ofSeconds(10));
    assertThat(camera.pixelAspect()).isNull();
    assertThat(settings.recognition().attackPack()).isNull();
    assertThat(settings.recognition().threshold()).isNull();
    assertThat(settings.recognition().calibration()).isNull();
    assertThat(settings.folders().models()).isNull();
    assertThat(settings.recognition().smallestFacePx()).isNull();
  }

  @Test
  void thereIsAConsoleOnlyWhereOneIsAskedFor() throws Exception {
    read(WHOLE);
    assertThat(AgentSettings.console(file)).isEmpty();

    read(WHOLE + "console: {listen: \"127.0.0.1:8490\"}\n");
    assertThat(AgentSettings.console(file))
        .contains(
            new ConsoleSettings(
                new ListenAddress("127.0.0.1", 8490), null, folder.resolve("console-users.json")));
  }

  @Test
  void aConsoleThatCannotBeServedIsRefusedWithTheSettings() {
    assertRefused(
        WHOLE + "console: {listen: \"8490\"}\n", "'console.listen'", "it is ADDRESS:PORT");
    assertRefused(
        WHOLE + "console: {listen: \"10.0.0.1:8490\", tls: {keyFile: a.key}}\n",
        "'console.tls.certificateFile'");
  }

  @Test
  void networksAndDecodersAreAskedOntoAGpu() throws Exception {
    AgentSettings settings =
        read(
            WHOLE
                    .replace("loop: true", "decoder: vaapi")
                    .replace("main?x=1\"", "m\", decoder: nvdec")
                + "inferenceDevice: tensorrt\n");
    assertThat(settings.inference().device()).isEqualTo(InferenceDevice.TENSORRT);
    assertThat(settings.cameras())
        .extracting(CameraSettings::decoder)
        .containsExactly(Decoder.NVDEC, Decoder.VAAPI);
  }

  @Test
  void figuresAreServedWhereItIsAskedForAndNowhereElse() throws Exception {
    assertThat(read(WHOLE).network().metrics()).isNull();
    assertThat(read(WHOLE + "metrics: {listen: \"127.0.0.1:9464\"}\n").network().metrics())
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9464));
  }

  @Test
  void figuresAreServedToNoOtherMachine() {
    assertRefused(
        WHOLE + "metrics: {listen: \"0.0.0.0:9464\"}\n", "'metrics.listen'", "127.0.0.1:PORT");
  }

  @Test
  void anUnknownDeviceIsRefusedWithThoseThereAre() {
    assertRefused(
        WHOLE + "inferenceDevice: gpu\n", "'inferenceDevice'", "one of cpu, cuda, tensorrt");
    assertRefused(
        WHOLE.replace("loop: true", "decoder: cuda"),
        "'cameras[1].decoder'",
        "one of software, nvdec, vaapi");
  }

  @Test
  void aCameraOnThisMachineIsDecodedInSoftware() {
    assertRefused(
        WHOLE.replace("clips/a.mp4", "/dev/video0").replace("loop: true", "decoder: nvdec"),
        "'cameras[1].decoder'",
        "decoded in software");
  }

  @Test
  void aCameraIsDescribedWithoutItsCredentials() throws Exception {
    CameraSettings camera = read(WHOLE).cameras().get(0);
    assertThat(camera.describe()).isEqualTo("rtsp://10.0.0.7/main");
    assertThat(camera.toString()).doesNotContain("hunter2");
  }

  @Test
  void aCameraWhosePortIsOutOfRangeIsRefusedWithTheSettings() throws Exception {
    String wrong = WHOLE.replace("@10.0.0.7/", "@10.0.0.7:99999/");
    assertThat(wrong).isNotEqualTo(WHOLE);
    assertRefused(wrong, "cameras[0].source", "a port lies between 1 and 65535");
  }

  @Test
  void aCameraOfRareKeyPicturesAndOddPixelsIsSetToWhatItSends() throws Exception {
    CameraSettings camera =
        read(WHOLE.replace("loop: true", "keyPictureWithin: 40s, pixelAspect: \"16:11\""))
            .cameras()
            .get(1);
    assertThat(camera.patience().keyPictureWithin()).isEqualTo(Duration.ofSeconds(40));
    assertThat(camera.pixelAspect()).isEqualTo(new PixelAspect(16, 11));
  }

  @ParameterizedTest
  @CsvSource({
    "keyPictureWithin: soon, a number with",
    "keyPictureWithin: 10ms, between 100ms and 10m",
    "keyPictureWithin: 999999999h, between 100ms and 10m",
    "stallAfter: 0s, between 100ms and 10m",
    "pixelAspect: wide, WIDTH:HEIGHT",
    "pixelAspect: 1.5, WIDTH:HEIGHT",
    "pixelAspect: 0:1, WIDTH:HEIGHT",
    "pixelAspect: 9:1, from 1:8 to 8:1"
  })
  void whatNoCameraSendsIsRefused(String setting, String why) {
    assertRefused(
        WHOLE.replace("stallAfter: 500ms, loop: true", setting),
        "'cameras[1]." + setting.replaceAll(":.*", "'"),
        why);
  }

  @Test
  void anUnknownKeyIsAnErrorThatNamesTheNearest() {
    assertRefused(WHOLE + "treshold: 0.4\n", "unknown key 'treshold'", "'threshold'");
  }

  @Test
  void anUnknownKeyOfACameraSaysOfWhich() {
    assertRefused(
        WHOLE.replace("loop: true", "looped: true"), "unknown key 'cameras[1].looped'", "'loop'");
  }

  @Test
  void aRepeatedKeyIsAnError() {
    assertRefused(WHOLE + "van: van-8\n", "the key 'van' is there twice", "line 11");
  }

  @Test
  void aMissingKeyIsNamed() {
    assertRefused(WHOLE.replace("van: van-7\n", ""), "the key 'van' is missing");
  }

  @Test
  void aValueOfTheWrongKindIsNamed() {
    assertRefused(WHOLE + "smallestFacePx: many\n", "'smallestFacePx'");
  }

  @Test
  void aValueOutOfRangeSaysTheRange() {
    assertRefused(WHOLE + "smallestFacePx: 3\n", "between 8 and 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mqtt://user:secret@h",
        "mqtt://h?password=secret",
        "mqtt://h/secret",
        "mqtt://h#secret",
        "mqtt://h:99999",
        "mqtt://h:0",
        "mqtt:secret@h",
        "user:secret@h"
      })
  void anAddressThatNoBrokerHasIsRefused(String address) {
    assertThatThrownBy(() -> read(WHOLE.replace(ONE_ADDRESS, '"' + address + '"')))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("broker.uri")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aBrokerWithoutASchemeIsRefused() {
    assertRefused(WHOLE.replace("mqtt://127", "127"), "broker.uri", "mqtt://host:port");
  }

  @Test
  void aBrokerOfOneAddressIsWrittenAsOne() throws Exception {
    assertThat(read(WHOLE).broker().uris()).containsExactly(URI.create("mqtt://127.0.0.1:1883"));
  }

  @Test
  void aBrokerOfSeveralNodesIsAListInTheOrderGiven() throws Exception {
    assertThat(read(WHOLE.replace(ONE_ADDRESS, "[mqtts://b, mqtts://a:8884]")).broker().uris())
        .containsExactly(URI.create("mqtts://b"), URI.create("mqtts://a:8884"));
  }

  @Test
  void nodesWithAndWithoutTlsAreNotMixed() {
    assertRefused(
        WHOLE.replace(ONE_ADDRESS, "[mqtts://a, mqtt://b]"), "broker.uri", "all of them are mqtts");
    assertRefused(WHOLE.replace(ONE_ADDRESS, "[]"), "broker.uri", "at least one address");
  }

  @Test
  void bothSidesProveWhoTheyAreOverTlsWithAClientCertificateAlone() throws Exception {
    String secure = "mqtts://a, certificateFile: van.pem, keyFile: van.key";
    assertThat(read(WHOLE.replace(ONE_ADDRESS, secure)).broker().mutuallyAuthenticated()).isTrue();
    for (String other :
        List.of(secure.replace("mqtts", "mqtt"), secure.replace(", keyFile: van.key", ""))) {
      assertThat(read(WHOLE.replace(ONE_ADDRESS, other)).broker().mutuallyAuthenticated())
          .isFalse();
    }
  }

  @Test
  void twoCamerasOfOneNameAreRefused() {
    assertRefused(WHOLE.replace("mast-2", "mast-1"), "same id");
  }

  @Test
  void aMissingFileAnEmptyFileAndAPictureAreRefusedInOneLine() throws IOException {
    assertThatThrownBy(() -> AgentSettings.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no such file");
    assertRefused("", "empty");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0});
    assertThatThrownBy(() -> AgentSettings.read(file)).isInstanceOf(SettingsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: there",
        "unknown: 1\ndata: there\nvan: []",
        "broker: {data: elsewhere}\ndata: there",
        "cameras: [{data: elsewhere}]\ndata: \"there\"",
        "data: there\ncameras: [",
        "\uFEFFdata: there"
      })
  void theDataFolderIsKnownWhateverElseIsWrong(String yaml) throws Exception {
    Files.writeString(file, yaml);
    assertThat(AgentSettings.dataFolder(file)).contains(folder.resolve("there"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data:",
        "data: ' '",
        "data: [there]",
        "data: ~/there",
        "data: one\ndata: two",
        "broker: {data: elsewhere}",
        "van: [\ndata: there",
        "- data"
      })
  void theDataFolderIsNotGuessed(String yaml) throws Exception {
    Files.writeString(file, yaml);
    assertThat(AgentSettings.dataFolder(file)).isEmpty();
  }

  private void assertRefused(String yaml, String... parts) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(SettingsException.class)
        .message()
        .contains(parts)
        .contains(file.toString());
  }

  private AgentSettings read(String yaml) throws Exception {
    Files.writeString(file, yaml);
    return AgentSettings.read(file);
  }
}
