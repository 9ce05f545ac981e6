package org.sightline.edge.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.MergedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code records verify}. */
@Command(
    name = "verify",
    description = {
      "Verifies the signed records in a merged one, and computes it again from them.",
      "",
      "What the boxes counted is compared with their logs by 'audit verify-record', each by itself."
    },
    exitCodeList = {
      "0:it is what its parts give, and their devices signed them",
      "1:a part does not verify, or the record is not what its parts give",
      "2:a file cannot be used"
    },
    footer = {
      "",
      "Example:",
      "  sightline records verify D-7.merged --device van-1.identity --device van-2.identity"
    })
final class RecordsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Record made by: records merge")
  private Path file;

  @Mixin private RecordsCommand.Devices devices;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws SightlineException {
    MergedFile merged = MergedFile.verify(file, devices.read());
    MergedLines.print(spec.commandLine().getOut(), merged.record(), json);
    return 0;
  }
}
