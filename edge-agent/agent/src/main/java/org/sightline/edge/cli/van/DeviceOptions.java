package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.time.Clock;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
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

  Device open() throws SightlineException {
    return Device.open(settings(), Clock.systemUTC());
  }

  AgentSettings settings() throws SightlineException {
    return AgentSettings.read(config);
  }
}
