package org.sightline.edge.board;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.ServerCertificate;

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
    BrokerSettings broker) {
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
        reader.broker(keys.broker()));
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
      SettingsReader.@Nullable BrokerKeys broker) {}
}
