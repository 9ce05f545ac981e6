package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment sign-record}. */
@Command(
    name = "sign-record",
    description = {
      "Signs the public record of a deployment by this device, with the head of its audit log.",
      "",
      "Sign it once no agent runs and no alert is open any more: the record as it stands is signed,"
          + " and what comes later is not in it. 'audit verify-record' compares it with the log."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment sign-record --config agent.yaml --deployment D-7 --out D-7.record"
    })
final class DeploymentSignRecordCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(names = "--deployment", required = true, paramLabel = "ID", description = "Which one.")
  private DeploymentId deployment;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Signed document to write; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    SignedRecord signed;
    try (Device box = device.open()) {
      // No agent counts meanwhile: what it has in memory would be in the log and not in the record.
      DataFolderLock alone = box.lock();
      try {
        signed = record(box);
      } finally {
        alone.close();
      }
      DocumentFile.create(out, signed.sign(box.keys()).bytes());
    }
    spec.commandLine()
        .getOut()
        .printf(
            "record of %s signed by device %s, audit head %s: %s%n",
            deployment, signed.device().shortForm(), signed.auditHead(), out);
    return 0;
  }

  private SignedRecord record(Device box) throws SightlineException {
    AuditHead before = head(box);
    while (true) {
      PublicRecord record = PublicRecord.read(box.database(), deployment);
      AuditHead after = head(box);
      if (after.equals(before)) {
        return new SignedRecord(
            deployment,
            box.keys().identity().fingerprint(),
            box.clock().instant(),
            after.toString(),
            JsonOutput.tree(record));
      }
      // Something was recorded meanwhile: it may be in the one and not in the other.
      before = after;
    }
  }

  private static AuditHead head(Device box) throws StoreException {
    return box.database().read(AuditLog::head);
  }
}
