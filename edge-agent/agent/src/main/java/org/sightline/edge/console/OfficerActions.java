package org.sightline.edge.console;

import java.time.Clock;
import java.util.Optional;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SightlineException;

/**
 * What an officer does to a deployment from the page, as the commands do it: beside the agent, by
 * the data file, in the officer's name. Each returns what was done, in one line. Thread-safe.
 */
final class OfficerActions {
  private final AgentSettings settings;
  private final Clock wall;

  OfficerActions(AgentSettings settings, Clock wall) {
    this.settings = settings;
    this.wall = wall;
  }

  /** Work on the box. */
  @FunctionalInterface
  private interface Work {
    String on(Device box) throws SightlineException;
  }

  String open(Actor by) throws SightlineException {
    return settled(
        box -> {
          DeploymentStatus status =
              box.deployments().open(settings.deployment().authorisation(), box.pack(), by);
          return "deployment %s is open until %s: %d listed"
              .formatted(status.deployment(), status.ends(), status.list().entries());
        });
  }

  /**
   * Pauses it; a running agent follows within a second.
   *
   * @param shown what the page was showing
   */
  String pause(DeploymentId shown, PauseReason reason, Actor by) throws SightlineException {
    return stopping(
        "nothing is paused",
        () ->
            settled(
                box -> {
                  require(box, shown);
                  DeploymentStatus status = box.deployments().pauses().pause(reason, by);
                  return "deployment %s is paused (%s)"
                      .formatted(status.deployment(), reason.word());
                }));
  }

  String resume(DeploymentId shown, Actor by) throws SightlineException {
    return settled(
        box -> {
          require(box, shown);
          DeploymentStatus status =
              box.deployments()
                  .pauses()
                  .resume(settings.deployment().authorisation(), box.pack(), by);
          return "deployment %s is resumed, until %s".formatted(status.deployment(), status.ends());
        });
  }

  /**
   * Ends it for good. A running agent closes its cameras within a second, and destroys the list.
   *
   * @param shown what the page was showing
   * @param agent whether one runs, which does the rest
   */
  String close(DeploymentId shown, Actor by, boolean agent) throws SightlineException {
    return stopping(
        "nothing is closed",
        () -> {
          try (Device box = Device.open(settings, wall)) {
            box.applyFiles();
            require(box, shown);
            DeploymentStatus status = box.deployments().close(by);
            if (!agent) {
              try (DataFolderLock lock = box.lock()) {
                box.deployments().finish(lock);
              }
            }
            return "deployment %s is closed".formatted(status.deployment());
          }
        });
  }

  private String settled(Work work) throws SightlineException {
    try (Device box = Device.open(settings, wall)) {
      box.settle();
      return work.on(box);
    }
  }

  /** A page that somebody has left open shows what may be over by now. */
  private static void require(Device box, DeploymentId shown) throws SightlineException {
    Optional<DeploymentStatus> here = box.deployments().settle();
    if (here.isPresent() && !here.get().deployment().equals(shown)) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "another deployment is here now",
          "deployment " + here.get().deployment(),
          "look at the page again, then repeat it");
    }
  }

  @FunctionalInterface
  private interface Stop {
    String run() throws SightlineException;
  }

  /** An officer who wants cameras closed has to know if they may still be open. */
  private static String stopping(String failed, Stop stop) throws SightlineException {
    try {
      return stop.run();
    } catch (SightlineException e) {
      throw e.kind() == ErrorKind.REFUSED
          ? e
          : new SightlineException(
              e.kind(),
              failed + ", THE CAMERAS MAY STILL BE OPEN: " + e.what(),
              e.where(),
              e.remedy() + "; to close them now, stop the agent: systemctl stop sightline-agent",
              e);
    }
  }
}
