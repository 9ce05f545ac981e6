package org.sightline.edge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.MergedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code records merge}. */
@Command(
    name = "merge",
    description = {
      "Merges the records that the boxes of one deployment signed to one record of the deployment.",
      "",
      "Each record is verified, and all have to be of one authorisation and one list, one of each"
          + " box. Faces and alerts are counted once each: an alert is of one box. Somebody who"
          + " passes two boxes is two passes. What cannot be merged, as medians, stays with the"
          + " boxes, and the record says why. The file has its parts in it, so that 'records verify'"
          + " computes it again; nobody has to sign it."
    },
    exitCodeList = {
      "0:merged",
      "1:a record does not verify, or is not of the same deployment",
      "2:a file cannot be used"
    },
    footer = {
      "",
      "Example:",
      "  sightline records merge van-1.record van-2.record \\",
      "    --device van-1.identity --device van-2.identity --out D-7.merged"
    })
final class RecordsMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Record made by: deployment sign-record; one of each box.")
  private List<Path> files;

  @Mixin private RecordsCommand.Devices devices;

  @Option(
      names = "--accept-open",
      description =
          "Merge also what a box signed before the deployment ended there, or what does not say whether it had.")
  private boolean acceptOpen;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Merged record to make; an existing file is never overwritten.")
  private Path out;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws SightlineException {
    MergedFile merged = MergedFile.merge(files, devices.read(), acceptOpen);
    merged.writeTo(out);
    MergedLines.print(spec.commandLine().getOut(), merged.record(), json);
    return 0;
  }
}
