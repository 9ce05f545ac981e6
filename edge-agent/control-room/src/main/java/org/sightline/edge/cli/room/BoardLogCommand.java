package org.sightline.edge.cli.room;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.audit.AuditVerifier;
import org.sightline.edge.board.Board;
import org.sightline.edge.board.LogCsv;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What officers did at a board. */
@Command(
    name = "log",
    description = "The log of who looked at, claimed, handed over and judged what at a board.",
    subcommands = {BoardLogCommand.Export.class, BoardLogCommand.Verify.class})
final class BoardLogCommand {

  /** Opens the data of a board; one that runs goes on. */
  private static Database open(Path data) throws SightlineException {
    return Board.existingData(data);
  }

  /** {@code board log export}. */
  @Command(
      name = "export",
      description = {
        "Writes the log to a file, a record a line.",
        "",
        "It holds ids of alerts, numbers of officers and times: no subject, no category and no"
            + " picture."
      },
      footer = {
        "",
        "Examples:",
        "  sightline board log export --data board-data --out board.jsonl",
        "  sightline board log export --data board-data --csv --out board.csv"
      })
  static final class Export implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description = "Data folder of the board.")
    private Path data;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "File to make; an existing file is never overwritten.")
    private Path out;

    @Option(names = "--csv", description = "Write CSV, which audit verify does not read.")
    private boolean csv;

    @Override
    public Integer call() throws SightlineException {
      try (Database database = open(data)) {
        if (csv) {
          exportCsv(database);
        } else {
          AuditLog.export(database, out);
        }
      }
      spec.commandLine().getOut().println("log of the board exported: " + out);
      return 0;
    }

    private void exportCsv(Database database) throws SightlineException {
      try (BufferedWriter writer =
          Files.newBufferedWriter(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        LogCsv.head(writer);
        AuditLog.<IOException>forEachLine(database, line -> LogCsv.row(writer, line));
      } catch (FileAlreadyExistsException e) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the file exists already",
            out.toString(),
            "choose another name, or remove it first",
            e);
      } catch (IOException e) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the log cannot be written",
            out.toString(),
            "check the folder and its free space",
            e);
      }
    }
  }

  /** {@code board log verify}. */
  @Command(
      name = "verify",
      description = {
        "Checks whether the log of a board is what was written; if not, names the first record that"
            + " was altered, is missing or was cut off.",
        "",
        "The board writes the head of its log to the program's log once an hour and when it starts."
            + " Without a head that was kept, a tail that was cut off or rewritten cannot be seen."
            + " An export is checked by audit verify."
      },
      exitCodeList = {"0:intact", "1:not intact"},
      footer = {"", "Example:", "  sightline board log verify --data board-data"})
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description = "Data folder of the board.")
    private Path data;

    @Option(
        names = "--head",
        paramLabel = "SEQ:HASH",
        description = "A head that was kept; once for each.")
    private List<AuditHead> heads = List.of();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws SightlineException {
      try (Database database = open(data)) {
        AuditVerdict verdict = new AuditVerifier(heads).verify(database);
        if (json) {
          JsonOutput.print(spec.commandLine().getOut(), verdict);
        } else {
          spec.commandLine().getOut().println(verdict.line());
        }
        return verdict instanceof AuditVerdict.Intact ? 0 : Sightline.EXIT_NO;
      }
    }
  }
}
