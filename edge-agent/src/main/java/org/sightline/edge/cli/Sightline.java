package org.sightline.edge.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.VanId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code sightline} command and the one place that turns failures into exit codes. */
@Command(
    name = "sightline",
    description = "Live facial recognition on the box, with the safeguards enforced by the system.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      CommandLine.HelpCommand.class,
      Run.class,
      DeviceCommand.class,
      AuthorityCommand.class,
      ControlRoomCommand.class,
      BoardCommand.class,
      DeploymentCommand.class,
      AlertsCommand.class,
      RetentionCommand.class,
      WatchlistCommand.class,
      AuditCommand.class,
      CameraCommand.class,
      FieldTestCommand.class,
      EvaluateCommand.class,
      CalibrateCommand.class,
      ThresholdCommand.class,
      ModelsCommand.class
    },
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 the answer is no, 2 wrong use or unusable input, 70 a bug of ours."
    })
public final class Sightline {
  private static final Logger LOG = LoggerFactory.getLogger(Sightline.class);

  /** The answer is no: an expectation was not met. */
  public static final int EXIT_NO = 1;

  /** Wrong use or unusable input. */
  public static final int EXIT_UNUSABLE = 2;

  /** The agent cannot run now and may later: its service manager is to start it again. */
  public static final int EXIT_PASSING = 75;

  /** Our bug. */
  public static final int EXIT_BUG = 70;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show a stack trace with an error.")
  private boolean debug;

  public static void main(String[] args) {
    // Ours catch what they throw; the MQTT library's die of some bad brokers, and are replaced.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LOG.warn("Thread {} ended: {}", thread.getName(), failure.getClass().getSimpleName()));
    System.exit(run(utf8(System.out), utf8(System.err), args));
  }

  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Runs one command line and returns its exit code; never exits the process. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Sightline root = new Sightline();
    try {
      return root.commandLine(out, err).execute(args);
    } catch (RuntimeException | Error e) {
      return root.failed(e, err); // picocli hands over the exceptions of commands alone
    }
  }

  private CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(this);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(DeploymentId.class, DeploymentId::new);
    line.registerConverter(VanId.class, VanId::new);
    line.registerConverter(AuditHead.class, AuditHead::parse);
    line.setParameterExceptionHandler(Sightline::wrongUse);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          int code = failed(failure, err);
          return command.getCommand() instanceof Run
                  && failure instanceof SightlineException known
                  && known.isPassing()
              ? EXIT_PASSING
              : code;
        });
    return line;
  }

  private static int wrongUse(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String path = command.getCommandSpec().qualifiedName();
    command.getErr().println(oneLine(failure.getMessage()) + " (see: " + path + " --help)");
    return EXIT_UNUSABLE;
  }

  private int failed(Throwable failure, PrintWriter err) {
    boolean expected = failure instanceof SightlineException;
    err.println(
        expected
            ? oneLine(failure.getMessage())
            : "internal error: "
                + failure.getClass().getSimpleName()
                + (debug
                    ? ""
                    : " (a bug of ours; run again with --debug and report what it says)"));
    if (debug) {
      failure.printStackTrace(err);
    }
    return expected ? EXIT_UNUSABLE : EXIT_BUG;
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }
}
