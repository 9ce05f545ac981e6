package org.sightline.edge.authorisation;

import java.time.Instant;
import java.util.Optional;

/** Whether cameras may be opened. */
public sealed interface AuthorisationStatus {
  /**
   * Capture is lawful until {@code until}, and not a moment longer.
   *
   * @param until the authorisation's end, or an earlier one at which it lapses unless it is
   *     confirmed
   */
  record Permitted(Authorisation authorisation, Instant until) implements AuthorisationStatus {}

  /**
   * No capture yet: all is in order, but it begins later.
   *
   * @param until as of one that is permitted
   */
  record Pending(Authorisation authorisation, Instant until) implements AuthorisationStatus {
    /** Why nothing is permitted now. */
    public Refusal refusal() {
      return new Refusal.NotYet(authorisation.period().start());
    }
  }

  /** No capture. */
  record Refused(Refusal refusal) implements AuthorisationStatus {}

  /**
   * This status for a particular model pack: one that is for exercises alone never serves a live
   * deployment.
   */
  default AuthorisationStatus withModelPack(String pack, boolean exerciseOnly) {
    return exerciseOnly && isLive() ? new Refused(new Refusal.PackForExercisesOnly(pack)) : this;
  }

  /**
   * This status for a device whose keys come from somewhere: a live deployment needs keys that the
   * service manager has unsealed for the agent alone.
   */
  default AuthorisationStatus withDeviceKeys(boolean sealed) {
    return !sealed && isLive() ? new Refused(new Refusal.KeyFileForExercisesOnly()) : this;
  }

  /** This status for a device whose sources are cameras all, or some of them recordings. */
  default AuthorisationStatus withSources(boolean allCameras) {
    return !allCameras && isLive() ? new Refused(new Refusal.RecordingForExercisesOnly()) : this;
  }

  /**
   * This status for a device with a broker: in a live deployment both prove to each other who they
   * are.
   */
  default AuthorisationStatus withBroker(boolean mutuallyAuthenticated) {
    return !mutuallyAuthenticated && isLive()
        ? new Refused(new Refusal.BrokerForExercisesOnly())
        : this;
  }

  /** This status for a program: a release serves a live deployment once it was field-tested. */
  default AuthorisationStatus withFieldTest(boolean passed) {
    return !passed && isLive() ? new Refused(new Refusal.NotFieldTested()) : this;
  }

  private boolean isLive() {
    return authorised()
        .filter(authorisation -> authorisation.deploymentClass() == DeploymentClass.LIVE)
        .isPresent();
  }

  /** What was authorised, now or for later; empty when refused. */
  default Optional<Authorisation> authorised() {
    if (this instanceof Permitted permitted) {
      return Optional.of(permitted.authorisation());
    }
    return this instanceof Pending pending
        ? Optional.of(pending.authorisation())
        : Optional.empty();
  }
}
