package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.deployment.DataFolderAlone;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Option;

/** The box that a command works on. */
final class DeviceOptions {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML).")
  private Path config;

  /** The settings file. */
  Path file() {
    return config;
  }

  Device open() throws SightlineException {
    return Device.open(settings(), Clock.systemUTC());
  }

  /**
   * The data folder, also where the settings or the keys can no longer be used.
   *
   * @throws SightlineException saying what is wrong with the settings, if it cannot be determined
   */
  Path dataFolder() throws SightlineException {
    Optional<Path> named = AgentSettings.dataFolder(config);
    return named.isPresent() ? named.get() : settings().folders().data();
  }

  /** What can still be ended and destroyed then. */
  DataFolderAlone dataFolderAlone() throws SightlineException {
    return DataFolderAlone.open(dataFolder(), Clock.systemUTC());
  }

  AgentSettings settings() throws SightlineException {
    return AgentSettings.read(config);
  }
}
