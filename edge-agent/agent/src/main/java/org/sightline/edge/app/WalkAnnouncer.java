package org.sightline.edge.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.walk.AnnouncedWalk;
import org.sightline.edge.walk.Proof;
import org.sightline.edge.walk.Setup;
import org.sightline.edge.watchlist.StoredWatchlist;

/** Announces walks of control entries on a box, for the agent that runs there. */
public final class WalkAnnouncer {
  private final Device device;

  public WalkAnnouncer(Device device) {
    this.device = device;
  }

  /**
   * Announces a walk that begins now.
   *
   * @param cameras that are passed; all of the settings if empty
   * @throws SightlineException if no cameras are open, the subject is no control entry of the list,
   *     or the walk cannot be
   */
  public AnnouncedWalk announce(
      SubjectRef subject, List<CameraId> cameras, int passes, Duration length, Actor by)
      throws SightlineException {
    DeploymentId deployment = device.requireAuthority(false).deployment();
    requireControl(deployment, subject);
    requireCapture(deployment);
    List<CameraId> all = device.settings().cameras().stream().map(CameraSettings::id).toList();
    for (CameraId camera : cameras) {
      if (!all.contains(camera)) {
        throw refused("there is no such camera", camera.value(), "name one of " + all);
      }
    }
    Instant now = device.clock().instant();
    AnnouncedWalk walk;
    try {
      walk =
          new AnnouncedWalk(
              UUID.randomUUID(),
              deployment,
              subject,
              cameras.isEmpty() ? all : cameras,
              now,
              now.plus(length),
              passes);
    } catch (IllegalArgumentException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          String.valueOf(e.getMessage()),
          deployment.value(),
          "announce another walk",
          e);
    }
    WalkWatch.walksOf(device).announce(walk, by);
    return walk;
  }

  /** When the deployment is over if nothing else comes: a walk that is longer is cut short. */
  public Instant firstEnd() throws SightlineException {
    Authorisation authorisation = device.requireAuthority(false);
    DeploymentStatus status =
        device
            .deployments()
            .requireOpen(device.settings().deployment().authorisation(), authorisation);
    return device
        .deployments()
        .trust()
        .lapses(status.authorisation())
        .filter(status.firstEnd()::isAfter)
        .orElse(status.firstEnd());
  }

  /** A walk that nobody can see would count for nothing. */
  private void requireCapture(DeploymentId deployment) throws SightlineException {
    Optional<AgentStatus> said = new StatusFile(device.settings().folders().data()).read();
    boolean running =
        said.isPresent()
            && said.get().deployment().capturing()
            && StatusFile.isAlive(said.get().process(), true)
            && device.deployments().pauses().current(deployment).isEmpty();
    if (!running) {
      throw refused(
          "no camera is open, so that no walk is seen",
          device.settings().folders().data().toString(),
          "start the agent, and announce the walk when it captures");
    }
  }

  private void requireControl(DeploymentId deployment, SubjectRef subject)
      throws SightlineException {
    boolean[] control = {false};
    try (StoredWatchlist list = device.deployments().list(deployment)) {
      if (list.terms().control().isPresent()) {
        list.forEach(
            entry -> {
              control[0] |=
                  entry.subject().equals(subject) && list.terms().isControl(entry.category());
              entry.templates().forEach(Template::close);
            });
      }
    }
    if (!control[0]) {
      throw refused(
          "the subject is no control entry of the list",
          deployment.value(),
          "name one who was listed as 'control' (watchlist build --control)");
    }
  }

  /** A line for each camera on whether it raises alerts; none if no lowest rate is authorised. */
  public List<String> lines(Authorisation authorisation, DeploymentStatus status)
      throws SightlineException {
    if (authorisation.limits().recognition().isEmpty()) {
      return List.of();
    }
    LowestRecognition rule = authorisation.limits().recognition().get();
    Map<CameraId, Setup> setups = setups(authorisation, status);
    List<String> lines = new ArrayList<>();
    for (CameraSettings camera : device.settings().cameras()) {
      Setup setup = setups.get(camera.id());
      Proof proof =
          setup == null
              ? new Proof(rule, 0, 0)
              : WalkWatch.walksOf(device)
                  .proof(authorisation.deployment(), camera.id(), setup, rule);
      lines.add(camera.id() + ": " + proof.line());
    }
    return lines;
  }

  /** With the threshold that held last; of none before an agent has run. */
  private Map<CameraId, Setup> setups(Authorisation authorisation, DeploymentStatus status)
      throws SightlineException {
    return DeploymentRecord.thresholdOf(device.database(), authorisation.deployment())
        .map(
            threshold ->
                WalkSetups.of(
                    device.keys(),
                    authorisation,
                    status.list().version(),
                    device.manifest().name(),
                    threshold,
                    device.settings().cameras()))
        .orElse(Map.of());
  }

  private static SightlineException refused(String what, String where, String remedy) {
    return new SightlineException(ErrorKind.REFUSED, what, where, remedy);
  }
}
