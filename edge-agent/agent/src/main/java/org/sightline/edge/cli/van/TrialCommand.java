package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.doctor.Trial;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.health.Progress;
import org.sightline.edge.health.SystemdNotifier;
import org.sightline.edge.health.Watchdog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sightline trial}. */
@Command(
    name = "trial",
    description = {
      "Try whether this version can do its work on this box, before it takes the place of another:"
          + " the settings and keys are read, a copy of the data is brought up to date, and the"
          + " networks look at a drawn face, again and again for as long as --seconds says.",
      "",
      "No camera is opened, nobody is asked, and nothing is changed. Under a service manager it says"
          + " when it is ready, and pings the watchdog while it makes progress. sightline-update"
          + " runs it; see docs/updates.md."
    },
    exitCodeList = {
      "0:it can",
      "1:networks do not see what they should",
      "2:settings, keys, data or weights cannot be used",
      "75:somebody is at work on the data",
    },
    footer = {
      "",
      "Example: sudo sightline-on-device trial",
    })
final class TrialCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** One look at the drawn face takes well under a second, and on a slow box some. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML).")
  private Path config;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "For how long the networks are run; 0, the usual, is once.")
  private int seconds;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    AgentSettings settings = AgentSettings.read(config);
    Trial trial = new Trial(settings, Clock.systemUTC());
    try (SystemdNotifier notifier = SystemdNotifier.of(System.getenv());
        Watchdog watchdog = new Watchdog(notifier, System::nanoTime)) {
      trial.openCopy(Path.of(System.getProperty("java.io.tmpdir")));
      trial.useNetworks();
      notifier.ready();
      int looks = 1;
      try (Progress progress = watchdog.expect("trial", LOOK)) {
        watchdog.start();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
          Thread.sleep(PAUSE.toMillis());
          trial.useNetworks();
          progress.beat();
          looks++;
        }
      }
      notifier.stopping();
      spec.commandLine()
          .getOut()
          .printf("this version can do its work here: the networks ran %d times%n", looks);
      return 0;
    }
  }
}
