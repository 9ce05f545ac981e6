package org.sightline.edge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.audit.AuditVerifier;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tamper-evident log. */
@Command(
    name = "audit",
    description = "The log of who opened, changed, revoked, adjudicated and destroyed what.",
    subcommands = {
      AuditCommand.Export.class,
      AuditCommand.Verify.class,
      AuditVerifyRecordCommand.class
    })
final class AuditCommand {

  /** {@code audit export}. */
  @Command(
      name = "export",
      description = {
        "Writes the log to a file, a record a line.",
        "",
        "It holds ids, digests, numbers and times, and can be given to those who supervise; the"
            + " file is all that audit verify needs."
      },
      footer = {
        "",
        "Example:",
        "  sightline audit export --data /var/lib/sightline --out audit.jsonl"
      })
  static final class Export implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Data folder.")
    private Path data;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "File to make; an existing file is never overwritten.")
    private Path out;

    @Override
    public Integer call() throws SightlineException {
      try (Database database = Database.openExisting(data)) {
        AuditLog.export(database, out);
      }
      spec.commandLine().getOut().println("audit log exported: " + out);
      return 0;
    }
  }

  /** {@code audit verify}. */
  @Command(
      name = "verify",
      description = {
        "Checks whether a log is what was written; if not, names the first record that was altered,"
            + " is missing, is elsewhere or was cut off.",
        "",
        "Give the heads that alerts (data.auditHead) and the status message (auditHead) carried and"
            + " the control room kept. Without one, a tail that was cut off or rewritten cannot"
            + " be seen."
      },
      exitCodeList = {"0:intact", "1:not intact"},
      footer = {
        "",
        "Example:",
        "  sightline audit verify audit.jsonl \\",
        "    --head 6:a4434ea515edb48b9276d4063e939ce1c671b3b8f9549602addd109a9f95b62e"
      })
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Log log;

    @Option(
        names = "--head",
        paramLabel = "SEQ:HASH",
        description = "A head that was published; once for each.")
    private List<AuditHead> heads = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** The log, in one of two places. */
    private static final class Log {
      @Parameters(paramLabel = "FILE", description = "Exported log.")
      private @Nullable Path file;

      @Option(
          names = "--data",
          required = true,
          paramLabel = "DIR",
          description = "Data folder that holds the log.")
      private @Nullable Path data;
    }

    @Override
    public Integer call() throws SightlineException {
      AuditVerdict verdict = verdict(new AuditVerifier(heads));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        JsonOutput.print(out, verdict);
      } else {
        out.println(verdict.line());
      }
      return verdict instanceof AuditVerdict.Intact ? 0 : Sightline.EXIT_NO;
    }

    private AuditVerdict verdict(AuditVerifier verifier) throws SightlineException {
      if (log.file != null) {
        return verifier.verify(log.file);
      }
      try (Database database = Database.openExisting(Objects.requireNonNull(log.data))) {
        return verifier.verify(database);
      }
    }
  }
}
