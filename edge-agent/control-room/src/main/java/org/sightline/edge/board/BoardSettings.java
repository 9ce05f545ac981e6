package org.sightline.edge.board;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.board.room.Desks;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.Durations;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.ServerCertificate;
import org.sightline.edge.webhook.Webhook;

/**
 * Settings of a control room's board, as {@code board --config FILE} reads them;
 * docs/control-room.md lists the keys.
 *
 * @param name of the control room, for its officers
 * @param keys secrets of the control room
 * @param dataFolder what is open and not yet sent
 * @param usersFile who may log in
 * @param vansFolder identities of the vans' devices; null if none is known, so that alerts of
 *     exercises alone are shown
 * @param twoPerson whether two officers have to find the same before an alert is closed
 */
public record BoardSettings(
    String name,
    Page page,
    KeyFile keys,
    Path dataFolder,
    Path usersFile,
    @Nullable Path vansFolder,
    boolean twoPerson,
    Links links) {
  private static final int LONGEST_NAME = 80;

  /**
   * Where browsers find it.
   *
   * @param tls null for none
   * @param trustedProxy whose word on where a browser is is taken; null for nobody's
   */
  public record Page(
      ListenAddress listen, @Nullable ServerCertificate tls, @Nullable InetAddress trustedProxy) {}

  /**
   * What it talks to.
   *
   * @param webhook where alerts are posted to, too; null for nowhere
   * @param desks which desk it is among the boards of the control room
   */
  public record Links(BrokerSettings broker, @Nullable Webhook webhook, Desks desks) {}

  /**
   * Reads and checks a settings file. Paths in it are relative to the file.
   *
   * @throws SettingsException naming the key, if anything is missing, unknown or out of range
   */
  public static BoardSettings read(Path file) throws SettingsException {
    return read(file, System.getenv());
  }

  static BoardSettings read(Path file, Map<String, String> environment) throws SettingsException {
    SettingsReader reader = new SettingsReader(file, "docs/control-room.md");
    Keys keys = reader.keys(Keys.class);
    TlsKeys tls = keys.tls();
    return new BoardSettings(
        reader.checked("name", keys.name(), BoardSettings::requireName),
        new Page(
            reader.checked("listen", keys.listen(), ListenAddress::parse),
            tls == null
                ? null
                : new ServerCertificate(
                    reader.path("tls.certificateFile", tls.certificateFile()),
                    reader.path("tls.keyFile", tls.keyFile())),
            keys.trustedProxy() == null
                ? null
                : reader.checked("trustedProxy", keys.trustedProxy(), BoardSettings::address)),
        reader.keyFile("keys", keys.keys(), environment.get(KeyFile.CREDENTIALS_DIRECTORY)),
        reader.path("data", keys.data()),
        reader.path("users", keys.users()),
        keys.vans() == null ? null : reader.path("vans", keys.vans()),
        Boolean.TRUE.equals(keys.twoPerson()),
        new Links(
            reader.broker(keys.broker()), webhook(reader, keys.webhook()), desks(reader, keys)));
  }

  private static Desks desks(SettingsReader reader, Keys keys) throws SettingsException {
    SecondDeskKeys second = keys.secondDesk();
    String name =
        keys.desk() == null ? null : reader.checked("desk", keys.desk(), Desks::requireName);
    if (second == null) {
      return new Desks(name, null, Desks.NONE.after());
    }
    Duration after =
        second.after() == null
            ? Desks.NONE.after()
            : reader.checked(
                "secondDesk.after",
                second.after(),
                text -> Desks.requireAfter(Durations.parse(text)));
    return reader.checked(
        "secondDesk.desk", second.desk(), text -> new Desks(name, Desks.requireName(text), after));
  }

  private static @Nullable Webhook webhook(SettingsReader reader, @Nullable WebhookKeys keys)
      throws SettingsException {
    return keys == null
        ? null
        : new Webhook(
            reader.checked("webhook.url", keys.url(), Webhook::address),
            reader.path("webhook.secretFile", keys.secretFile()),
            reader.optionalPath("webhook.caFile", keys.caFile()));
  }

  private static String requireName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name has 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static InetAddress address(String text) {
    if (!text.matches("[0-9A-Fa-f:.]+")) {
      throw new IllegalArgumentException("it is an address in figures, such as 10.0.0.5");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("it is an address in figures, such as 10.0.0.5", e);
    }
  }

  private record TlsKeys(@Nullable String certificateFile, @Nullable String keyFile) {}

  private record WebhookKeys(
      @Nullable String url, @Nullable String secretFile, @Nullable String caFile) {}

  private record SecondDeskKeys(@Nullable String desk, @Nullable String after) {}

  private record Keys(
      @Nullable String name,
      @Nullable String listen,
      @Nullable TlsKeys tls,
      @Nullable String trustedProxy,
      @Nullable String keys,
      @Nullable String data,
      @Nullable String users,
      @Nullable String vans,
      @Nullable Boolean twoPerson,
      SettingsReader.@Nullable BrokerKeys broker,
      @Nullable WebhookKeys webhook,
      @Nullable String desk,
      @Nullable SecondDeskKeys secondDesk) {}
}
