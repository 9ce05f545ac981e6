package org.sightline.edge.cli.van;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sightline.edge.app.Device;
import org.sightline.edge.app.WalkAnnouncer;
import org.sightline.edge.cli.OfficerOption;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.walk.AnnouncedWalk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment walk}. */
@Command(
    name = "walk",
    description = {
      "Announces that somebody listed as a control entry walks past the cameras from now on.",
      "",
      "When the time is over, each camera's passes count as recognised or missed. What the camera"
          + " could not see from start to end, because it gave no frames or the agent stopped,"
          + " counts apart. No alert is raised about control entries, and no picture of them is"
          + " kept. The rates are in the deployment record."
    },
    exitCodeList = {
      "0:the walk is announced",
      "1:no camera is open, or the subject is no control entry"
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment walk --config /etc/sightline/agent.yaml --by 1234 --subject C-0001"
          + " --for PT5M"
    })
final class DeploymentWalkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Option(
      names = "--subject",
      required = true,
      paramLabel = "REF",
      description = "Who walks, by the reference in the list.")
  private SubjectRef subject;

  @Option(
      names = "--camera",
      paramLabel = "ID",
      description = "Camera that is passed; once for each (default: all).")
  private List<CameraId> cameras = List.of();

  @Option(
      names = "--passes",
      paramLabel = "N",
      description =
          "How often each camera is passed, 1 to 20 (default: ${DEFAULT-VALUE}). Keep out of view"
              + " for 10 s in between.")
  private int passes = 1;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long it may take, PT5S to PT1H (default: ${DEFAULT-VALUE}).")
  private Duration length = Duration.ofMinutes(5);

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      WalkAnnouncer announcer = new WalkAnnouncer(box);
      Instant end = announcer.firstEnd();
      AnnouncedWalk walk = announcer.announce(subject, cameras, passes, length, officer.actor());
      spec.commandLine()
          .getOut()
          .printf(
              "walk %s until %s: %s by %s%n",
              walk.id(),
              walk.until(),
              walk.passes() == 1 ? "1 pass" : walk.passes() + " passes",
              walk.cameras().stream().map(CameraId::value).collect(Collectors.joining(", ")));
      WalkLines.cutShort(walk, end).ifPresent(spec.commandLine().getOut()::println);
    }
    return 0;
  }
}
