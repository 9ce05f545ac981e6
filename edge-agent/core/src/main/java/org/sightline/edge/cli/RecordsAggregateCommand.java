package org.sightline.edge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.Aggregate;
import org.sightline.edge.oversight.AggregateCsv;
import org.sightline.edge.oversight.AggregatePage;
import org.sightline.edge.oversight.Aggregation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code records aggregate}. */
@Command(
    name = "aggregate",
    description = {
      "Computes figures over many signed records, for an annual report: rates with 95 %% intervals, in"
          + " all and by deployment, device, software version, camera and category.",
      "",
      "Each box of a deployment counts once, however often a record of it is named: alone, in a"
          + " merged record, or in both; of two, the one signed last. A file that does not verify is"
          + " in no figure, and the report names it with the reason. The report says what the records"
          + " do not."
    },
    exitCodeList = {
      "0:all files were counted",
      "1:files were refused; the report is made of the rest, if there is any",
      "2:a file cannot be used or made"
    },
    footer = {
      "",
      "Example:",
      "  sightline records aggregate D-7.merged D-8.record --device van-1.identity \\",
      "    --device van-2.identity --csv 2026.csv --page 2026.html"
    })
final class RecordsAggregateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Record made by: deployment sign-record, or records merge.")
  private List<Path> files;

  @Mixin private RecordsCommand.Devices devices;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Table to make, a row of each group; an existing file is never overwritten.")
  private @Nullable Path csv;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "HTML page to make, for people; an existing file is never overwritten.")
  private @Nullable Path page;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws SightlineException {
    Aggregate aggregate = Aggregation.of(files, devices.read());
    if (csv != null) {
      DocumentFile.create(csv, AggregateCsv.of(aggregate).getBytes(UTF_8));
    }
    if (page != null) {
      DocumentFile.create(page, AggregatePage.of(aggregate).getBytes(UTF_8));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, aggregate);
    } else {
      print(out, aggregate);
    }
    return aggregate.refused().isEmpty() ? 0 : Sightline.EXIT_NO;
  }

  private static void print(PrintWriter out, Aggregate aggregate) {
    aggregate.by().deployment().forEach(each -> print(out, each));
    print(out, aggregate.all());
    out.println(
        "false alerts per face seen: "
            + MergedLines.rate(aggregate.all().total().falseAlertsPerFaceSeen()));
    out.println(
        "false alerts per alert with an outcome: "
            + MergedLines.rate(aggregate.all().total().falseAlertsPerAlert()));
    aggregate.all().urgent().forEach(each -> out.println(each.line()));
    aggregate.refused().forEach(each -> out.printf("refused: %s: %s%n", each.file(), each.why()));
    aggregate.unknown().forEach(each -> out.println("not known: " + each));
  }

  private static void print(PrintWriter out, Aggregate.Group group) {
    out.printf(
        "%s: deployments %d, records %d, %d faces seen, %s%n",
        group.name(),
        group.deployments(),
        group.records(),
        group.total().counts().facesSeen(),
        MergedLines.alerts(group.total().counts(), group.total().outcomes()));
  }
}
