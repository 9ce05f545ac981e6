package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.OfficerReference;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DeviceClock;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.record.Outcomes.Result;
import org.sightline.edge.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Closes an alert. */
@Command(
    name = "outcome",
    description = {
      "Records what a person found an alert to be: true (it was the listed subject), false (it was"
          + " somebody else) or unresolved. It is counted in the record of the alert's deployment"
          + " and recorded in the audit log. Where the authorisation names a control room, its"
          + " signed outcomes alone count, and this is refused.",
      "",
      "An alert has one outcome. The agent may run meanwhile."
    },
    exitCodeList = {
      "0:recorded",
      "1:the alert had an outcome already, which stays, or a control room's signed outcomes alone"
          + " count",
      "2:no such alert is kept here"
    },
    footer = {
      "",
      "Example: sightline alerts outcome --data /var/lib/sightline --alert"
          + " 0193a3c8-5a00-7000-8000-000000000000 --outcome false --by 1234"
    })
final class AlertsOutcomeCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Data folder.")
  private Path data;

  @Option(names = "--alert", required = true, paramLabel = "ID", description = "Id of the alert.")
  private UUID alert;

  @Option(
      names = "--outcome",
      required = true,
      paramLabel = "OUTCOME",
      converter = OutcomeWord.class,
      description = "true, false or unresolved.")
  private Outcome outcome;

  @Option(
      names = "--by",
      required = true,
      paramLabel = "REF",
      converter = OfficerReference.class,
      description = "Number or role of the person who judged; never a name.")
  private Actor by;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /**
   * What {@code --json} prints.
   *
   * @param recorded whether it was recorded now; else the alert was closed before
   * @param outcome that the alert has
   */
  private record Answer(UUID alert, boolean recorded, String outcome) {}

  @Override
  public Integer call() throws SightlineException {
    Result result;
    try (Database database = Database.openExisting(data)) {
      Clock clock = DeviceClock.open(database, Clock.systemUTC());
      result =
          new Outcomes(database, new AuditLog(clock), Outbox::find, clock)
              .record(alert, outcome, by);
    }
    if (result instanceof Result.UnknownAlert) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "no such alert is kept here",
          alert.toString(),
          "name the id and the data folder of an alert of the last 24 hours");
    }
    if (result instanceof Result.SignedOnly) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "only outcomes that the authorised control room has signed count in this deployment",
          alert.toString(),
          "record it at the control room");
    }
    if (result instanceof Result.AlreadyRecorded already) {
      print(new Answer(alert, false, already.outcome().word()));
      return Sightline.EXIT_NO;
    }
    print(new Answer(alert, true, outcome.word()));
    return 0;
  }

  private void print(Answer answer) {
    if (json) {
      JsonOutput.print(spec.commandLine().getOut(), answer);
    } else {
      spec.commandLine()
          .getOut()
          .printf(
              answer.recorded() ? "alert %s: %s%n" : "alert %s is closed already: %s%n",
              answer.alert(),
              answer.outcome());
    }
  }

  /** One of the three words. */
  static final class OutcomeWord implements ITypeConverter<Outcome> {
    @Override
    public Outcome convert(String text) {
      try {
        return Outcome.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
