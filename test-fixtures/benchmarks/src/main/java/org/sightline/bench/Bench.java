package org.sightline.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of {@code scripts/bench}. */
@Command(
    name = "bench",
    description =
        "Measures the agent beside what would be built in its place; without a command all figures,"
            + " in a few minutes.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT)
public final class Bench implements Runnable {
  private static final int FACES = 7;
  private static final int ENTRIES = 10_000;
  private static final int SECONDS = 16;

  /** Seconds of a clip for each listed person in it: they have to walk by within the clip. */
  private static final int SECONDS_A_LISTED = 3;

  @Option(names = "--root", hidden = true, scope = ScopeType.INHERIT)
  private Path root = Path.of("").toAbsolutePath();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Folder for clips and databases, kept from run to run.")
  private Path work;

  private Workplace workplace() throws Exception {
    return Workplace.of(
        root, work == null ? root.resolve("test-fixtures/benchmarks/target/bench") : work);
  }

  @Command(description = "Ours, the stock pipeline and the lower bounds on one 1080p clip.")
  void speed(
      @Option(names = "--turns", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
          int turns,
      @Option(names = "--seconds", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
          int seconds)
      throws Exception {
    Workplace workplace = workplace();
    new SpeedComparison(street(seconds, workplace), workplace, turns).run(System.out);
  }

  @Command(description = "From capture to publish at a camera's pace, through the whole agent.")
  void delays(
      @Option(names = "--seconds", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
          int seconds)
      throws Exception {
    Workplace workplace = workplace();
    Delays.measure(street(seconds, workplace), workplace, System.out);
  }

  @Command(
      description = "The agent in its own process: its start, and its memory with two cameras.")
  void agent(
      @Option(names = "--starts", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
          int starts,
      @Option(
              names = "--minutes",
              defaultValue = "60",
              description = "For which its memory is watched. Default: ${DEFAULT-VALUE}.")
          double minutes)
      throws Exception {
    Workplace workplace = workplace();
    agent(workplace, starts, Duration.ofSeconds(Math.round(60 * minutes)));
  }

  private void agent(Workplace workplace, int starts, Duration length) throws Exception {
    Street street = street(SECONDS, workplace);
    LongList list = LongList.of(street.scenario(), workplace.pack(), ENTRIES);
    new AgentProcess(root, workplace).measure(street, list, starts, length, System.out);
  }

  @Command(description = "How speed and delay change with the load; writes plots.")
  void growth(
      @Option(
              names = "--plots",
              paramLabel = "DIR",
              required = true,
              description = "For the plots.")
          Path plots)
      throws Exception {
    new Growth(workplace(), System.out).run(plots);
  }

  @Command(description = "JMH: decoding of detections, alignment, tracking, matching, outbox.")
  void steps(
      @Option(
              names = "--only",
              paramLabel = "PATTERN",
              defaultValue = ".*",
              description = "Names of benchmarks.")
          String pattern)
      throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(pattern)
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build())
        .run();
  }

  @Command(description = "The pipeline on a whole view beside the same on half of it.")
  void zone(
      @Option(names = "--turns", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
          int turns,
      @Option(names = "--seconds", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
          int seconds)
      throws Exception {
    Workplace workplace = workplace();
    new ZoneComparison(street(seconds, workplace), workplace, turns).run(System.out);
  }

  private static Street street(int seconds, Workplace workplace) throws Exception {
    return Street.of(
        new Street.View(1920, 1080, seconds, FACES, seconds / SECONDS_A_LISTED), workplace);
  }

  @Command(description = "The gallery's search beside FAISS's IndexFlatIP.")
  void matching(
      @Option(
              names = "--python",
              paramLabel = "FILE",
              defaultValue = "/usr/bin/python3",
              description = "Python that has FAISS. Default: ${DEFAULT-VALUE}.")
          Path python)
      throws Exception {
    Path script = root.resolve("test-fixtures/benchmarks/src/main/python/faiss_flat.py");
    new MatchingComparison(python, script, System.out).run();
  }

  /** The quick round. */
  @Override
  public void run() {
    try {
      speed(2, SECONDS);
      System.out.println();
      matching(Path.of("/usr/bin/python3"));
      System.out.println();
      delays(SECONDS);
      System.out.println();
      agent(workplace(), 2, Duration.ofSeconds(30));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
