package org.sightline.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of {@code scripts/bench}. */
@Command(
    name = "bench",
    description = "Measures the agent beside what would be built in its place.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT)
public final class Bench implements Runnable {
  @Option(names = "--root", hidden = true, scope = ScopeType.INHERIT)
  private Path root = Path.of("").toAbsolutePath();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Folder for clips and databases, kept from run to run.")
  private Path work;

  private Workplace workplace() throws Exception {
    return Workplace.of(root, work == null ? root.resolve("benchmarks/target/bench") : work);
  }

  @Command(description = "Ours, the stock pipeline and the lower bounds on one 1080p clip.")
  void speed(
      @Option(names = "--turns", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
          int turns,
      @Option(names = "--seconds", defaultValue = "16", description = "Default: ${DEFAULT-VALUE}.")
          int seconds)
      throws Exception {
    Workplace workplace = workplace();
    Street street = Street.of(new Street.View(1920, 1080, seconds, 7, seconds / 5), workplace);
    new SpeedComparison(street, workplace, turns).run(System.out);
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
    Path script = root.resolve("benchmarks/src/main/python/faiss_flat.py");
    new MatchingComparison(python, script, System.out).run();
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
