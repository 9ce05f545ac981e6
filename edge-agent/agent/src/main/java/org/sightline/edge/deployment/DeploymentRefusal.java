package org.sightline.edge.deployment;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;

/** Why a step in the life of a deployment is refused. */
public sealed interface DeploymentRefusal {
  /** The reason in one line, without a full stop. */
  String line();

  /** What the reader can do about it. */
  String remedy();

  /** Refused as by a safeguard, unless a disk or another process is in the way. */
  default ErrorKind kind(@Nullable Throwable cause) {
    return ErrorKind.REFUSED;
  }

  /** The authorisation permits nothing. */
  record NotAuthorised(Refusal refusal) implements DeploymentRefusal {
    @Override
    public String line() {
      return refusal.line();
    }

    @Override
    public String remedy() {
      return refusal.remedy();
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return refusal.kind();
    }
  }

  /** An authority has revoked it. */
  record Revoked(DeploymentId deployment) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the deployment was revoked by an authority";
    }

    @Override
    public String remedy() {
      return "a revocation is final: have another deployment authorised";
    }
  }

  /** Another authority refused its urgent authorisation before its list came. */
  record RefusedBefore(DeploymentId deployment, Sha256 by) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the urgent authorisation of deployment %s was refused by the authority %s"
          .formatted(deployment, by.shortForm());
    }

    @Override
    public String remedy() {
      return "a refusal is final: have another deployment authorised";
    }
  }

  /** It is over on this device, whatever its data folder says. */
  record Over(DeploymentId deployment, DeploymentStatus.End end) implements DeploymentRefusal {
    @Override
    public String line() {
      return "deployment %s is over on this device since %s (%s)"
          .formatted(deployment, end.at(), end.reason().word());
    }

    @Override
    public String remedy() {
      return "have another deployment authorised";
    }
  }

  /** It could not be closed in any way that outlives this process. */
  record StillOpen(DeploymentId deployment) implements DeploymentRefusal {
    @Override
    public String line() {
      return "deployment " + deployment + " could not be closed: THE CAMERAS MAY STILL BE OPEN";
    }

    @Override
    public String remedy() {
      return "stop the agent: systemctl stop sightline-agent; then fix the disk and close it again";
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return ErrorKind.of(cause);
    }
  }

  /** It is over and its list is destroyed, but the data file does not say so yet. */
  record NotRecorded(DeploymentId deployment, String cause) implements DeploymentRefusal {
    @Override
    public String line() {
      return "deployment %s is over and its list is destroyed, but this could not be recorded: %s"
          .formatted(deployment, cause);
    }

    @Override
    public String remedy() {
      return "fix that and run: sightline deployment tidy; until then there is no receipt";
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return ErrorKind.of(cause);
    }
  }

  /** Which deployments are over cannot be read or noted. */
  record EndsUnusable() implements DeploymentRefusal {
    @Override
    public String line() {
      return "the folder that says which deployments are over cannot be used";
    }

    @Override
    public String remedy() {
      return "give this user read and write access to it, and free space on its disk";
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return ErrorKind.of(cause);
    }
  }

  /** It does not stand where the step can be done. */
  record WrongState(DeploymentId deployment, DeploymentState state, DeploymentState.Step step)
      implements DeploymentRefusal {
    @Override
    public String line() {
      return switch (state) {
        case CLOSED -> "nothing of the deployment is on this device";
        case AUTHORISED -> "the deployment is not open";
        case OPEN -> "the deployment is open already";
        case ENDED, ALARM -> "the deployment has ended";
        case DESTROYED -> "the deployment has ended and its list was destroyed";
      };
    }

    @Override
    public String remedy() {
      return switch (state) {
        case CLOSED -> "import its list: sightline watchlist import";
        case AUTHORISED -> "open it: sightline deployment open";
        case OPEN -> "close it first: sightline deployment close";
        case ENDED, ALARM, DESTROYED -> "have another deployment authorised";
      };
    }
  }

  /** Capture is interrupted already. */
  record AlreadyPaused(Pause pause) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the deployment is paused already, since %s (%s)%s"
          .formatted(
              pause.since(),
              pause.reason().word(),
              pause.effective() ? "" : ", and no agent has said that its cameras are closed");
    }

    @Override
    public String remedy() {
      return pause.effective()
          ? "have capture go on: sightline deployment resume"
          : "if an agent runs, stop its service; to have capture go on: sightline deployment"
              + " resume";
    }
  }

  /** Capture is not interrupted. */
  record NotPaused(DeploymentId deployment) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the deployment is not paused";
    }

    @Override
    public String remedy() {
      return "see how it stands: sightline deployment status";
    }
  }

  /** One deployment at a time: another one's list is still here. */
  record AnotherIsHere(DeploymentId other, DeploymentState state) implements DeploymentRefusal {
    @Override
    public String line() {
      return "deployment " + other + " is still " + state.word() + " on this device";
    }

    @Override
    public String remedy() {
      return state == DeploymentState.ALARM
          ? "see why its list cannot be destroyed: sightline deployment status"
          : "close it first: sightline deployment close";
    }
  }

  /** The list was imported under another authorisation than the one in force. */
  record OtherAuthorisation(DeploymentId deployment) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the authorisation is not the one that the list was imported under";
    }

    @Override
    public String remedy() {
      return "import the list again under this one: sightline watchlist import";
    }
  }

  /** There is no deployment on this device that the command could be about. */
  record NothingHere() implements DeploymentRefusal {
    @Override
    public String line() {
      return "there is no deployment on this device";
    }

    @Override
    public String remedy() {
      return "import a list first: sightline watchlist import";
    }
  }

  /** A list could not be destroyed. */
  record NotDestroyed(DeploymentId deployment, String cause) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the list of deployment " + deployment + " could not be destroyed: " + cause;
    }

    @Override
    public String remedy() {
      return "fix that and run: sightline watchlist destroy";
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return ErrorKind.of(cause);
    }
  }

  /** An agent runs, or somebody else is changing the deployment. */
  record Busy() implements DeploymentRefusal {
    @Override
    public String line() {
      return "an agent or another command is using this data folder";
    }

    @Override
    public String remedy() {
      return "wait until it is done, or end it, and try again";
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return ErrorKind.TEMPORARY;
    }
  }

  /** The data folder cannot be written. */
  record FolderUnusable(@Nullable String reason) implements DeploymentRefusal {
    @Override
    public String line() {
      return "the data folder cannot be used" + (reason == null ? "" : ", " + reason);
    }

    @Override
    public String remedy() {
      return "name a data folder that this user may write to";
    }

    @Override
    public ErrorKind kind(@Nullable Throwable cause) {
      return ErrorKind.of(cause);
    }
  }
}
