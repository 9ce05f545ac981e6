package org.sightline.edge.cli.van;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.OfficerOption;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.deployment.DeploymentRefusal;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code deployment pause}. */
@Command(
    name = "pause",
    description = {
      "Interrupts capture until it is resumed.",
      "",
      "A running agent closes its cameras within a second and wipes the list from memory; the"
          + " command waits for that. It goes on sending alerts that wait and taking outcomes,"
          + " withdrawals and revocations. A pause outlives restarts, and extends nothing."
    },
    exitCodeList = {
      "0:no agent has a camera open",
      "2:it is paused, but the agent has not said that its cameras are closed"
    },
    footer = {
      "",
      "Example: sightline deployment pause --config /etc/sightline/agent.yaml --by 1234 --reason"
          + " officers-away"
    })
final class DeploymentPauseCommand implements Callable<Integer> {
  /** Its cameras close within a second; it may be about to start, or to end. */
  private static final Duration WORRYING = Duration.ofSeconds(15);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String STOP_IT = "stop the agent: systemctl stop sightline-agent";

  private final Duration worrying;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "WORD",
      converter = ReasonWord.class,
      description =
          "Why: officers-away, incident, moving, technical or ordered. It is published and recorded"
              + " in the audit log.")
  private PauseReason reason;

  /** A reason as it is typed. */
  static final class ReasonWord implements ITypeConverter<PauseReason> {
    @Override
    public PauseReason convert(String word) {
      try {
        return PauseReason.of(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  DeploymentPauseCommand() {
    this(WORRYING);
  }

  DeploymentPauseCommand(Duration worrying) {
    this.worrying = worrying;
  }

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    try (Device box = opened()) {
      DeploymentId deployment = pause(box);
      String line = "deployment %s is paused (%s)".formatted(deployment, reason.word());
      if (hasTakenEffect(box, deployment)) {
        spec.commandLine()
            .getOut()
            .println(line + ": the cameras are closed, and no list is in memory");
        return 0;
      }
      spec.commandLine()
          .getErr()
          .println(
              line
                  + ", but the agent has not answered yet: THE CAMERAS MAY STILL BE OPEN (to close them"
                  + " now, "
                  + STOP_IT
                  + ")");
      return Sightline.EXIT_UNUSABLE;
    }
  }

  /** The settings may have become wrong since an agent opened its cameras by them. */
  private Device opened() throws SightlineException {
    try {
      return device.open();
    } catch (SightlineException wrong) {
      throw notPaused(wrong);
    }
  }

  private DeploymentId pause(Device box) throws SightlineException {
    try {
      box.settle();
      return box.deployments().pauses().pause(reason, officer.actor()).deployment();
    } catch (StoreException full) {
      throw notPaused(full);
    }
  }

  private static SightlineException notPaused(SightlineException why) {
    return new SightlineException(
        why.kind(),
        "nothing is paused, THE CAMERAS MAY STILL BE OPEN: " + why.what(),
        why.where(),
        why.remedy() + "; to close them now, " + STOP_IT,
        why);
  }

  /** An agent has said so, also if the pause is over by now; or none runs. */
  private boolean hasTakenEffect(Device box, DeploymentId deployment)
      throws SightlineException, InterruptedException {
    long deadline = System.nanoTime() + worrying.toNanos();
    while (!box.deployments().pauses().lastWasEffective(deployment) && !isAlone(box)) {
      if (System.nanoTime() - deadline >= 0
          || box.deployments().pauses().current(deployment).isEmpty()) {
        return false;
      }
      Thread.sleep(LOOK.toMillis());
    }
    return true;
  }

  private static boolean isAlone(Device box) throws DeploymentException {
    try {
      DataFolderLock.take(box.settings().folders().data(), Duration.ZERO).close();
      return true;
    } catch (DeploymentException e) {
      if (e.refusal() instanceof DeploymentRefusal.Busy) {
        return false;
      }
      throw e;
    }
  }
}
