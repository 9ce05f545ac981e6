package org.sightline.edge.app;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.ServerCertificate;

/**
 * The key {@code console} of the settings: the technician's page.
 *
 * @param listen where it is served
 * @param tls null for none, which is for this box alone
 * @param users file of those who may log in
 */
public record ConsoleSettings(ListenAddress listen, @Nullable ServerCertificate tls, Path users) {
  private static final String DEFAULT_USERS = "console-users.json";

  /** As it stands in the file. */
  record Keys(@Nullable String listen, @Nullable String users, @Nullable TlsKeys tls) {}

  /** The same of its certificate. */
  record TlsKeys(@Nullable String certificateFile, @Nullable String keyFile) {}

  static Optional<ConsoleSettings> read(SettingsReader reader, @Nullable Keys keys)
      throws SettingsException {
    if (keys == null) {
      return Optional.empty();
    }
    TlsKeys tls = keys.tls();
    return Optional.of(
        new ConsoleSettings(
            reader.checked("console.listen", keys.listen(), ListenAddress::parse),
            tls == null
                ? null
                : new ServerCertificate(
                    reader.path("console.tls.certificateFile", tls.certificateFile()),
                    reader.path("console.tls.keyFile", tls.keyFile())),
            reader.path("console.users", keys.users() == null ? DEFAULT_USERS : keys.users())));
  }
}
