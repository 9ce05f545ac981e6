package org.sightline.edge.deployment;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A step in the life of a deployment that is refused, and why. */
public final class DeploymentException extends SightlineException {
  private static final long serialVersionUID = 1L;

  private final transient DeploymentRefusal refusal;

  DeploymentException(DeploymentRefusal refusal, String where) {
    this(refusal, where, null);
  }

  DeploymentException(DeploymentRefusal refusal, String where, @Nullable Throwable cause) {
    super(refusal.kind(cause), refusal.line(), where, refusal.remedy(), cause);
    this.refusal = refusal;
  }

  public DeploymentRefusal refusal() {
    return refusal;
  }
}
