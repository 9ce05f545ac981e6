package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.cli.models.TerminalProgress;
import org.sightline.edge.doctor.Doctor;
import org.sightline.edge.doctor.Finding;
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
      "Each line: verdict, what was measured, the limit, what to do. It needs no open deployment;"
          + " pictures are asked of a camera only where an authorisation permits it now and no"
          + " agent is reading them."
    },
    exitCodeList = {"0:nothing stands against a deployment", "1:something does"},
    footer = {
      "",
      "Run it as the service's user, in the van: sudo sightline-on-device doctor",
      "Example: sightline doctor --config /etc/sightline/agent.yaml --json"
    })
final class DoctorCommand implements Callable<Integer> {
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
   * @param well whether nothing stands against a deployment
   */
  record Output(boolean well, List<Finding> findings) {}

  @Override
  public Integer call() throws InterruptedException {
    if (TerminalProgress.hasTerminal()) {
      spec.commandLine().getErr().println("testing everything at once, which takes some seconds");
    }
    List<Finding> findings = new Doctor().examine(config, Clock.systemUTC());
    boolean well = findings.stream().noneMatch(each -> each.verdict().isTrouble());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, new Output(well, findings));
    } else {
      Ansi colour = spec.commandLine().getColorScheme().ansi();
      findings.forEach(each -> out.println(FindingLines.line(each, colour)));
    }
    return well ? 0 : Sightline.EXIT_NO;
  }
}
