package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.cli.models.TerminalProgress;
import org.sightline.edge.doctor.DeviceFigures;
import org.sightline.edge.doctor.DeviceTrial;
import org.sightline.edge.doctor.Doctor;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sightline doctor}. */
@Command(
    name = "doctor",
    aliases = "check",
    description = {
      "Test everything that a deployment needs, at once: settings, owners and modes of every file,"
          + " keys, Java, memory, swap, clock, disk, service, model pack and networks, every camera,"
          + " the broker and the rights on it, authorisation and list.",
      "",
      "With --device the networks alone, on the cpu and on the device that inferenceDevice asks"
          + " for: whether they really run there, whether their templates are the cpu's, frames a"
          + " second, latency and memory. It takes a minute or less, shows them drawn faces, and"
          + " reads no camera or key; stop the agent before, which would take its share. It may open"
          + " devices that the unit of the agent may not: the agent's log says what its networks"
          + " run on.",
      "",
      "Each line: verdict, what was measured, the limit, what to do. It needs no open deployment;"
          + " pictures are asked of a camera only where an authorisation permits it now and no"
          + " agent is reading them."
    },
    exitCodeList = {"0:nothing stands against a deployment", "1:something does"},
    footer = {
      "",
      "Run it as the service's user, in the van: sudo sightline-on-device doctor",
      "Sealed keys are there for it alone then; --device needs none.",
      "Example: sightline doctor --config /etc/sightline/agent.yaml --json",
      "Example: sightline doctor --config /etc/sightline/agent.yaml --device"
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML).")
  private Path config;

  @Option(
      names = "--device",
      description = "Try the device that networks run on, and nothing else.")
  private boolean device;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  /**
   * What {@code --json} prints.
   *
   * @param well whether nothing stands against a deployment
   */
  record Output(boolean well, List<Finding> findings) {}

  /**
   * What {@code --device --json} prints.
   *
   * @param well whether networks run on the device asked for, with the templates of the CPU
   */
  record DeviceOutput(boolean well, List<Finding> findings, List<DeviceFigures> devices) {}

  @Override
  public Integer call() throws InterruptedException, SightlineException {
    if (TerminalProgress.hasTerminal()) {
      spec.commandLine()
          .getErr()
          .println(
              device
                  ? "running networks, which takes a minute or less"
                  : "testing everything at once, which takes some seconds");
    }
    return device ? tryDevice() : examine();
  }

  private int examine() throws InterruptedException {
    List<Finding> findings = new Doctor().examine(config, Clock.systemUTC());
    boolean well = isWell(findings);
    if (json) {
      JsonOutput.print(spec.commandLine().getOut(), new Output(well, findings));
    } else {
      print(findings);
    }
    return well ? 0 : Sightline.EXIT_NO;
  }

  private int tryDevice() throws SightlineException {
    DeviceTrial.Result result = new DeviceTrial().run(AgentSettings.readWithoutKeys(config));
    boolean well = isWell(result.findings());
    if (json) {
      JsonOutput.print(
          spec.commandLine().getOut(), new DeviceOutput(well, result.findings(), result.devices()));
    } else {
      DeviceTable.lines(result.devices()).forEach(spec.commandLine().getOut()::println);
      print(result.findings());
    }
    return well ? 0 : Sightline.EXIT_NO;
  }

  private static boolean isWell(List<Finding> findings) {
    return findings.stream().noneMatch(each -> each.verdict().isTrouble());
  }

  private void print(List<Finding> findings) {
    Ansi colour = spec.commandLine().getColorScheme().ansi();
    findings.forEach(each -> spec.commandLine().getOut().println(FindingLines.line(each, colour)));
  }
}
