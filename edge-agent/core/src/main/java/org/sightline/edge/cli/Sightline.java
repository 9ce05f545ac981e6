package org.sightline.edge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.authorisation.WithdrawalReason;
import org.sightline.edge.config.PathText;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.trust.RevokedKeyReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The {@code sightline} command and the one place that turns failures into exit codes. */
@Command(
    name = "sightline",
    description = "Live facial recognition on the box, with the safeguards enforced by the system.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = CommandLine.HelpCommand.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused by a safeguard, such as an authorisation that has ended; or a check failed",
      "2:wrong use, unusable input, or a result that cannot be written because the disk is full or"
          + " its reader has ended",
      "70:internal error; --debug adds the stack trace; of a service it is in the journal",
      "75:temporary, such as a full disk, a data folder in use or a broker that is away: the same"
          + " command may succeed later"
    })
public final class Sightline {
  /** What Java makes of bytes that it cannot read; signed, it could not be corrected any more. */
  private static final char UNREADABLE = '\uFFFD';

  /** How picocli wraps what a type has to say of a value: in names of classes. */
  private static final Pattern CONVERSION =
      Pattern.compile("cannot convert ('.*') to (?:class )?[\\w.$]+ \\([\\w.$]+: (.*)\\)$");

  private static final Logger LOG = LoggerFactory.getLogger(Sightline.class);

  /** The answer is no: a check failed or an expectation was not met. */
  public static final int EXIT_NO = ErrorKind.REFUSED.exitCode();

  /** Wrong use or unusable input. */
  public static final int EXIT_UNUSABLE = ErrorKind.UNUSABLE_INPUT.exitCode();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show a stack trace with an error.")
  private boolean debug;

  public static void main(String[] args) {
    // What is printed, logged and signed has one form, whatever language the machine is set to.
    Locale.setDefault(Locale.ROOT);
    Thread.setDefaultUncaughtExceptionHandler(Sightline::threadEnded);
    System.exit(run(utf8(FileDescriptor.out), utf8(FileDescriptor.err), args));
  }

  /** Ours catch what they throw; the MQTT library's die of some bad brokers, and are replaced. */
  private static void threadEnded(Thread thread, Throwable failure) {
    if (thread.getName().startsWith("MQTT ")) {
      LOG.warn("Thread {} ended: {}", thread.getName(), failure.getClass().getSimpleName());
    } else {
      LOG.error("Thread {} ended", thread.getName(), failure);
    }
  }

  /** System.out would swallow what cannot be written. */
  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
  }

  /** Runs one command line and returns its exit code; never exits the process. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    if (Stream.of(args).anyMatch(argument -> argument.indexOf(UNREADABLE) >= 0)) {
      err.println(
          "an argument is not text in the character set of the locale: "
              + System.getProperty("native.encoding")
              + " (set LC_ALL=C.UTF-8 and write UTF-8)");
      return EXIT_UNUSABLE;
    }
    Sightline root = new Sightline();
    int exit;
    try {
      exit = root.commandLine(out, err, args).execute(args);
    } catch (RuntimeException | Error e) {
      exit = root.failed(e, err); // picocli hands over the exceptions of commands alone
    }
    if (out.checkError()) {
      err.println(
          "the result cannot be written: standard output (make room there, or keep its reader)");
      return exit == 0 ? EXIT_UNUSABLE : exit;
    }
    return exit;
  }

  /** The declarations of all commands that are installed. */
  public static CommandSpec everyCommand() {
    return new Sightline()
        .commandLine(utf8(FileDescriptor.out), utf8(FileDescriptor.err))
        .getCommandSpec();
  }

  /** The command line of all commands that are installed, or of the one that words name. */
  CommandLine commandLine(PrintWriter out, PrintWriter err, String... words) {
    CommandLine line = new CommandLine(this);
    Commands.addTo(line, words);
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(Sightline::settingsOfTheBox);
    line.registerConverter(Path.class, Sightline::path);
    line.registerConverter(Duration.class, Sightline::duration);
    line.registerConverter(DeploymentId.class, DeploymentId::new);
    line.registerConverter(SubjectRef.class, SubjectRef::new);
    line.registerConverter(CameraId.class, CameraId::new);
    line.registerConverter(WithdrawalReason.class, WithdrawalReason::of);
    line.registerConverter(RevokedKeyReason.class, RevokedKeyReason::of);
    line.registerConverter(VanId.class, VanId::new);
    line.registerConverter(AuditHead.class, AuditHead::parse);
    line.setParameterExceptionHandler(Sightline::wrongUse);
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err));
    return line;
  }

  private static @Nullable String settingsOfTheBox(ArgSpec argument) {
    String file = System.getenv("SIGHTLINE_CONFIG");
    return argument instanceof OptionSpec option
            && option.longestName().equals("--config")
            && file != null
            && !file.isEmpty()
        ? file
        : null;
  }

  private static Path path(String text) {
    try {
      return PathText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is not a duration like PT4H or P1D");
    }
  }

  private static int wrongUse(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String path = command.getCommandSpec().qualifiedName();
    String what = CONVERSION.matcher(oneLine(failure.getMessage())).replaceFirst("$1: $2");
    command.getErr().println(what + " (see: " + path + " --help)");
    return EXIT_UNUSABLE;
  }

  /** One line for people; what nobody expected goes into the journal with its stack trace. */
  private int failed(Throwable failure, PrintWriter err) {
    SightlineException expected = expected(failure);
    ErrorKind kind = expected == null ? ErrorKind.INTERNAL : expected.kind();
    err.println(
        expected != null
            ? oneLine(expected.getMessage())
            : "internal error: "
                + failure.getClass().getSimpleName()
                + (debug ? "" : " (run again with --debug and report what it prints)"));
    if (debug) {
      failure.printStackTrace(err);
    } else if (kind == ErrorKind.INTERNAL && Journal.isStandardError(System.getenv())) {
      LOG.error("Internal error", failure);
    }
    return kind.exitCode();
  }

  /** What may happen to a program without a bug; null of anything else. */
  private static @Nullable SightlineException expected(Throwable failure) {
    if (failure instanceof UnsatisfiedLinkError) {
      Throwable first = failure;
      while (first.getCause() != null) {
        first = first.getCause();
      }
      return new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "a native library cannot be loaded",
          String.valueOf(first.getMessage()),
          "SIGHTLINE_CACHE, else ~/.javacpp, needs 500 MB, has to be writable and to allow execution",
          failure);
    }
    return failure instanceof SightlineException known ? known : null;
  }

  private static String oneLine(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }
}
