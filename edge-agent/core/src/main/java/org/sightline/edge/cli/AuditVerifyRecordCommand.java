package org.sightline.edge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.audit.RecordCheck;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit verify-record}. */
@Command(
    name = "verify-record",
    description = {
      "Verifies the record of a deployment that a device signed, and counts again in the device's"
          + " log what both count: alerts, outcomes, thresholds.",
      "",
      "It is the device's own word on both: give the heads that alerts and status carried to 'audit"
          + " verify', too. Frames and faces are in no log. An alert that no disk took is in the"
          + " record alone."
    },
    exitCodeList = {
      "0:signed by the device, and as the log has it",
      "1:not signed by it, altered, of another log, or other figures than the log's"
    },
    footer = {
      "",
      "Example:",
      "  sightline audit verify-record D-7.record --device device.identity --log audit.jsonl"
    })
final class AuditVerifyRecordCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Record made by: deployment sign-record")
  private Path file;

  @Option(
      names = "--device",
      required = true,
      paramLabel = "FILE",
      description = "Identity file of the device.")
  private Path device;

  @Option(
      names = "--log",
      required = true,
      paramLabel = "FILE",
      description = "Log of the device, made by: audit export")
  private Path log;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws SightlineException {
    SignedRecord signed = signed();
    RecordCheck check = RecordCheck.of(signed, log);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, new Output(signed, check));
    } else {
      print(out, signed, check);
    }
    return check.holds() ? 0 : Sightline.EXIT_NO;
  }

  /** What {@code --json} prints. */
  record Output(SignedRecord signed, RecordCheck check) {}

  private SignedRecord signed() throws SightlineException {
    Reading<SignedRecord> reading =
        SignedRecord.read(DocumentFile.read(file), DeviceIdentity.read(device));
    if (reading instanceof Reading.Signed<SignedRecord> good) {
      return good.content();
    }
    throw new SightlineException(
        ErrorKind.REFUSED,
        "not a record that this device signed, or altered since",
        file.toString(),
        "name the device's own identity file, or get the record again");
  }

  private static void print(PrintWriter out, SignedRecord signed, RecordCheck check) {
    out.printf(
        "record of %s, signed at %s by device %s%n",
        signed.deployment(), signed.signedAt(), signed.device().shortForm());
    AuditVerdict verdict = check.log();
    out.println("  log                  " + verdict.line());
    for (RecordCheck.Figure figure : check.figures()) {
      out.printf(
          "  %-20s %s%n",
          figure.what(),
          figure.same()
              ? shown(figure.record()) + ", as in the log"
              : shown(figure.record()) + ", BUT THE LOG HAS " + shown(figure.log()));
    }
  }

  private static String shown(String figure) {
    return figure.isEmpty() ? "none" : figure;
  }
}
