package org.sightline.edge.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signed records of many boxes and deployments. */
@Command(
    name = "records",
    description = "Signed records of many boxes and deployments: merged, verified, compared.",
    subcommands = {
      RecordsMergeCommand.class,
      RecordsVerifyCommand.class,
      RecordsAggregateCommand.class
    })
final class RecordsCommand {

  /** Whose signatures count. */
  static final class Devices {
    @Option(
        names = "--device",
        required = true,
        paramLabel = "FILE",
        description = "Identity file of a device that signed; once for each.")
    private List<Path> files;

    List<DeviceIdentity> read() throws SightlineException {
      List<DeviceIdentity> devices = new ArrayList<>();
      for (Path file : files) {
        devices.add(DeviceIdentity.read(file));
      }
      return devices;
    }
  }
}
