package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.util.Optional;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.setup.BoxKeys;
import org.sightline.edge.setup.SealedBy;
import picocli.CommandLine.Option;

/** The sealed keys of a box, before the service manager has opened them. */
final class SealedKeysOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML), beside which the sealed keys lie.")
  private Path config;

  /** The settings file. */
  Path file() {
    return config;
  }

  AgentSettings settings() throws SightlineException {
    return AgentSettings.readWithoutKeys(config);
  }

  /**
   * Where they lie.
   *
   * @throws SightlineException if the settings name a key file
   */
  Path sealed() throws SightlineException {
    KeyFile key = settings().trust().deviceKey();
    if (!key.sealed()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the keys of this box lie in a key file: " + key.path(),
          config.toString(),
          "this is for sealed keys alone (deviceKey: credential:NAME)");
    }
    return BoxKeys.sealed(config, key.path());
  }

  Path identity() {
    return BoxKeys.identity(config);
  }

  /** What opens the keys, in a line. */
  static String line(Path sealed, Optional<SealedBy> by) {
    return "%s  sealed; to be opened by: %s"
        .formatted(sealed, by.map(SealedBy::line).orElse("a way that is not known here"));
  }
}
