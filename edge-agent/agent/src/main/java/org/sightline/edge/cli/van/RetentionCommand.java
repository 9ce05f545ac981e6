package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.app.ExpiringData;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DeviceClock;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.retention.DeletionReceipt;
import org.sightline.edge.retention.Retention;
import org.sightline.edge.retention.Retention.Report;
import org.sightline.edge.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One round of deletion. */
@Command(
    name = "retention",
    description = {
      "Deletes now whatever has expired, and prints a receipt for each kind of data of which"
          + " something was deleted. The agent does the same every minute; this is for when none"
          + " runs. No keys are needed."
    },
    exitCodeList = {
      "0:everything that had expired is gone",
      "1:something could not be deleted or is still on the disk"
    },
    footer = {"", "Example: sightline retention --data /var/lib/sightline"})
final class RetentionCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Data folder.")
  private Path data;

  @Option(
      names = "--receipts",
      description = "Delete nothing; print all receipts there are, oldest first.")
  private boolean receiptsAlone;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws SightlineException {
    Report report;
    try (Database database = Database.openExisting(data)) {
      report =
          receiptsAlone
              ? new Report(DeletionReceipt.all(database), List.of())
              : deleteExpired(database);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, report);
    } else {
      print(out, report);
    }
    return report.failed().isEmpty() ? 0 : Sightline.EXIT_NO;
  }

  private static Report deleteExpired(Database database) throws SightlineException {
    return deleteExpired(database, DeviceClock.open(database, Clock.systemUTC()));
  }

  static Report deleteExpired(Database database, DeviceClock clock) throws SightlineException {
    try (Retention retention =
        new Retention(database, new AuditLog(clock), clock, ExpiringData.ALL)) {
      return retention.runOnce(clock.instant());
    }
  }

  static void print(PrintWriter out, Report report) {
    for (DeletionReceipt receipt : report.receipts()) {
      out.printf(
          "%s  %s: %d deleted, expired by %s%n",
          receipt.at(), receipt.what(), receipt.count(), receipt.upTo());
    }
    for (String failed : report.failed()) {
      out.println("failed: " + failed);
    }
    if (report.receipts().isEmpty() && report.failed().isEmpty()) {
      out.println("nothing deleted");
    }
  }
}
