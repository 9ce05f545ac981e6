package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.AgentStatus;
import org.sightline.edge.app.StatusFile;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sightline status}. */
@Command(
    name = "status",
    description = {
      "Shows how the running agent stands, as it says itself each second: deployment and time left,"
          + " each camera, broker, alerts by outcome, disk, temperature, alarms.",
      "",
      "It asks nobody and opens nothing: no camera, no key, no data file. What is not known is said"
          + " to be not known."
    },
    exitCodeList = {"0:an agent runs, and there is no alarm", "1:there is an alarm, or none runs"},
    footer = {
      "",
      "Run it as the service's user, in the van: sudo sightline-on-device status",
      "Example: sightline status --config /etc/sightline/agent.yaml --json"
    })
final class StatusCommand implements Callable<Integer> {
  /** It says how it stands each second; a slow disk may take its time. */
  private static final Duration OLD = Duration.ofSeconds(10);

  /** The clock may be set back a little between what is said and what is read. */
  private static final Duration AHEAD = Duration.ofSeconds(-2);

  private static final String UNKNOWN = "not known";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML).")
  private Path config;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  /**
   * What {@code --json} prints.
   *
   * @param running whether the process that said it runs
   * @param ageSeconds how old that is; null if no agent has ever said anything
   * @param said what it said last
   */
  record Output(boolean running, @Nullable Long ageSeconds, @Nullable AgentStatus said) {}

  @Override
  public Integer call() throws SightlineException {
    Optional<AgentStatus> said = new StatusFile(dataFolder()).read();
    Instant now = Clock.systemUTC().instant();
    Duration age =
        said.map(it -> Duration.between(Instant.parse(it.process().at()), now)).orElse(OLD);
    boolean fresh = isFresh(age);
    boolean running =
        said.map(AgentStatus::process).filter(it -> StatusFile.isAlive(it, fresh)).isPresent();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(
          out, new Output(running, said.isPresent() ? age.toSeconds() : null, said.orElse(null)));
    } else {
      Ansi colour = spec.commandLine().getColorScheme().ansi();
      if (said.isEmpty()) {
        out.println(bad("agent", "none runs, and none has run with this data folder", colour));
      } else if (!running) {
        out.println(bad("agent", "none runs; last seen " + said.get().process().at(), colour));
      } else {
        print(out, said.get(), age, colour);
      }
    }
    boolean well = running && fresh && said.orElseThrow().alarms().isEmpty();
    return well ? 0 : Sightline.EXIT_NO;
  }

  /** Wherever else the settings are wrong: a running agent has read others. */
  private Path dataFolder() throws SettingsException {
    Optional<Path> folder = AgentSettings.dataFolder(config);
    return folder.isPresent() ? folder.get() : AgentSettings.read(config).folders().data();
  }

  private static boolean isFresh(Duration age) {
    return age.compareTo(OLD) < 0 && age.compareTo(AHEAD) > 0;
  }

  private static void print(PrintWriter out, AgentStatus said, Duration age, Ansi colour) {
    String agent =
        "runs, version %s, since %s"
            .formatted(said.process().version(), orUnknown(said.process().started()));
    out.println(
        isFresh(age)
            ? good("agent", agent, colour)
            : bad("agent", agent + ", but " + silent(said.process(), age), colour));
    out.println(deployment(said.deployment(), time(said.process(), age), colour));
    String urgent = said.deployment().urgent();
    if (urgent != null) {
      out.println(attention("urgent", urgent, colour));
    }
    said.deployment().permits().forEach(line -> out.println(plain("permits", line)));
    said.cameras().forEach(camera -> out.println(camera(camera, said.deployment(), colour)));
    out.println(broker(said.broker(), colour));
    out.println(plain("alerts", alerts(said.alerts())));
    AgentStatus.Box box = said.box();
    out.println(
        plain("disk", box.diskFreeMib() == null ? UNKNOWN : box.diskFreeMib() + " MiB free"));
    out.println(
        plain(
            "temperature",
            box.celsius() == null
                ? UNKNOWN + ": no sensor of this box can be read"
                : text("%.0f degrees Celsius", box.celsius())));
    out.println(plain("networks", "on " + orUnknown(box.networksOn())));
    said.alarms().forEach(alarm -> out.println(bad("ALARM", alarm, colour)));
  }

  private static String silent(AgentStatus.RunningProcess process, Duration age) {
    return age.isNegative()
        ? "what it said last is of " + process.at() + ", ahead of the clock"
        : "has said nothing for " + words(age);
  }

  /** Now, by the time that the agent follows, whatever the clock was set to. */
  private static Instant time(AgentStatus.RunningProcess process, Duration age) {
    String said = process.deviceTime() == null ? process.at() : process.deviceTime();
    return Instant.parse(said).plus(age.isNegative() ? Duration.ZERO : age);
  }

  private static String deployment(AgentStatus.Deployment deployment, Instant now, Ansi colour) {
    Instant starts = Instant.parse(deployment.starts());
    Instant ends = Instant.parse(deployment.ends());
    String text =
        now.isBefore(starts) && !deployment.capturing()
            ? "%s waits until %s, in %s"
                .formatted(deployment.id(), starts, words(Duration.between(now, starts)))
            : now.isBefore(ends)
                ? "%s until %s, %s left"
                    .formatted(deployment.id(), ends, words(Duration.between(now, ends)))
                : "%s ended at %s".formatted(deployment.id(), ends);
    AgentStatus.Paused paused = deployment.paused();
    if (paused != null && now.isBefore(ends)) {
      return attention(
          "deployment",
          text + "; PAUSED since %s (%s)".formatted(paused.since(), paused.reason()),
          colour);
    }
    boolean shouldCapture = !now.isBefore(starts) && now.isBefore(ends);
    return shouldCapture && !deployment.capturing()
        ? bad("deployment", text + "; the cameras are closed", colour)
        : good("deployment", text, colour);
  }

  private static String camera(
      AgentStatus.Camera camera, AgentStatus.Deployment deployment, Ansi colour) {
    String label = "camera " + camera.id();
    if (!deployment.capturing()) {
      return plain(label, "closed");
    }
    String text =
        text(
            "%s, last searched frame %s; %d stalls, %d frames dropped (box busy), %d broken",
            camera.framesPerSecond() == null
                ? "frames a second " + UNKNOWN
                : text("%.1f frames/s", camera.framesPerSecond()),
            camera.searchedSecondsAgo() == null
                ? "none yet"
                : text("%.1f s ago", camera.searchedSecondsAgo()),
            camera.stalls(),
            camera.dropped(),
            camera.broken());
    return camera.alarms().isEmpty()
        ? good(label, text, colour)
        : bad(label, String.join(", ", camera.alarms()) + "; " + text, colour);
  }

  private static String broker(AgentStatus.@Nullable Broker broker, Ansi colour) {
    if (broker == null) {
      return bad("broker", UNKNOWN + ": the data file cannot be read", colour);
    }
    String waiting = text("%d alerts wait", broker.queued());
    if (broker.connected() && broker.trouble() == null) {
      return good("broker", "connected, " + waiting, colour);
    }
    String why = broker.trouble() == null ? "" : ": " + broker.trouble();
    return bad(
        "broker",
        (broker.connected() ? "connected" : "not connected") + why + "; " + waiting,
        colour);
  }

  private static String alerts(AgentStatus.@Nullable Alerts alerts) {
    return alerts == null
        ? UNKNOWN + ": the data file cannot be read"
        : text(
            "%d raised: %d true, %d false, %d unresolved, %d without an outcome",
            alerts.raised(),
            alerts.foundTrue(),
            alerts.foundFalse(),
            alerts.unresolved(),
            alerts.open());
  }

  private static String words(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes < 1) {
      return duration.toSeconds() + " s";
    }
    return minutes < 60 ? minutes + " min" : text("%d h %02d min", minutes / 60, minutes % 60);
  }

  private static String orUnknown(@Nullable String text) {
    return text == null ? UNKNOWN : text;
  }

  private static String good(String label, String text, Ansi colour) {
    return colour.string("@|green %-16s|@ ".formatted(label)) + text;
  }

  private static String bad(String label, String text, Ansi colour) {
    return colour.string("@|red,bold %-16s|@ ".formatted(label)) + text;
  }

  private static String attention(String label, String text, Ansi colour) {
    return colour.string("@|yellow,bold %-16s|@ ".formatted(label)) + text;
  }

  private static String plain(String label, String text) {
    return "%-16s ".formatted(label) + text;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
