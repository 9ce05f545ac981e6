package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.board.room.Desks;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.ServerCertificate;
import org.sightline.edge.webhook.Webhook;

class BoardSettingsTest {
  private static final String FEWEST =
      """
      name: Control room North
      listen: 127.0.0.1:8480
      keys: controlroom.keys
      data: board-data
      users: users.json
      broker: {uri: mqtt://127.0.0.1:1883}
      """;

  @TempDir Path folder;

  private BoardSettings read(String yaml) throws SettingsException, IOException {
    return BoardSettings.read(
        Files.writeString(folder.resolve("board.yaml"), yaml),
        Map.of("CREDENTIALS_DIRECTORY", "/run/c"));
  }

  @Test
  void pathsAreRelativeToTheFile() throws Exception {
    BoardSettings settings = read(FEWEST);

    assertThat(settings.keys()).isEqualTo(new KeyFile(folder.resolve("controlroom.keys"), false));
    assertThat(settings.dataFolder()).isEqualTo(folder.resolve("board-data"));
    assertThat(settings.usersFile()).isEqualTo(folder.resolve("users.json"));
  }

  @Test
  void oneOfficerIsEnoughUnlessTwoAreAskedFor() throws Exception {
    assertThat(read(FEWEST).twoPerson()).isFalse();
    assertThat(read(FEWEST + "twoPerson: true\n").twoPerson()).isTrue();
  }

  @Test
  void theCertificateAndItsKeyAreRead() throws Exception {
    assertThat(
            read(FEWEST + "tls: {certificateFile: board.pem, keyFile: board.key}\n").page().tls())
        .isEqualTo(new ServerCertificate(folder.resolve("board.pem"), folder.resolve("board.key")));
  }

  @Test
  void theKeysCanBeACredential() throws Exception {
    assertThat(read(FEWEST.replace("controlroom.keys", "credential:controlroom")).keys())
        .isEqualTo(new KeyFile(Path.of("/run/c/controlroom"), true));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8480, 127.0.0.1, 8480",
    "'[::1]:8480', ::1, 8480",
    "board.example:443, board.example, 443"
  })
  void anAddressHasAHostAndAPort(String listen, String host, int port) throws Exception {
    assertThat(read(FEWEST.replace("127.0.0.1:8480", "'" + listen + "'")).page().listen())
        .isEqualTo(new ListenAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8480", "127.0.0.1", "::1:8480", "http://127.0.0.1:8480", "a:b@c:1", "a:1/x"})
  void anythingElseIsNoAddress(String listen) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(FEWEST.replace("127.0.0.1:8480", "'" + listen + "'")))
        .withMessageContaining("'listen'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "listen", "keys", "data", "users", "broker"})
  void aKeyThatIsMissingIsNamed(String key) {
    String without =
        FEWEST
            .lines()
            .filter(line -> !line.startsWith(key + ":"))
            .reduce("", (a, b) -> a + b + "\n");

    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(without))
        .withMessageContaining("'" + key + "'");
  }

  @Test
  void anUnknownKeyIsReportedWithTheNearestOne() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(FEWEST + "twoPersons: true\n"))
        .withMessageContaining("twoPersons")
        .withMessageContaining("twoPerson'");
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(FEWEST + "tls: {certificateFile: board.pem}\n"))
        .withMessageContaining("'tls.keyFile'");
  }

  @Test
  void aBoardIsNoDeskAndHasNoSecondOneUnlessItIsSaid() throws Exception {
    assertThat(read(FEWEST).links().desks()).isEqualTo(Desks.NONE);
  }

  @Test
  void aBoardIsADeskWithASecondOne() throws Exception {
    assertThat(
            read(FEWEST + "desk: north\nsecondDesk: {desk: south, after: 45s}\n").links().desks())
        .isEqualTo(new Desks("north", "south", Duration.ofSeconds(45)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "desk: North | desk",
        "secondDesk: {desk: south} | secondDesk.desk",
        "'desk: south\nsecondDesk: {desk: south}' | secondDesk.desk",
        "'desk: north\nsecondDesk: {after: 20s}' | secondDesk.desk",
        "'desk: north\nsecondDesk: {desk: south, after: 4s}' | secondDesk.after",
        "'desk: north\nsecondDesk: {desk: south, after: 11m}' | secondDesk.after",
      })
  void aSecondDeskThatCannotBeIsRefusedByItsKey(String yaml, String key) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> read(FEWEST + yaml + "\n"))
        .withMessageContaining("'" + key + "'");
  }

  private Webhook webhook(String url) throws Exception {
    Webhook webhook =
        read(FEWEST + "webhook: {url: \"" + url + "\", secretFile: webhook.secret}\n")
            .links()
            .webhook();
    assertThat(webhook).isNotNull();
    return webhook;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://dispatch.example/alerts?of=vans", "http://127.0.0.1:8080/alerts"})
  void alertsCanBePostedSecurelyOrToThisMachine(String url) throws Exception {
    assertThat(webhook(url))
        .isEqualTo(new Webhook(URI.create(url), folder.resolve("webhook.secret"), null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://dispatch.example/alerts",
        "dispatch.example",
        "https:///alerts",
        "ftp://127.0.0.1/a",
        "https://user:password@dispatch.example/",
        "not a url"
      })
  void alertsAreNotPostedToAnythingElse(String url) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> webhook(url))
        .withMessageContaining("'webhook.url'");
  }
}
