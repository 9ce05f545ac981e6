package org.sightline.edge.deployment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * Where one deployment stands on this device.
 *
 * @param authorisation digest of the signed document
 * @param ends authorised end
 * @param since when it came to stand there
 * @param end null while it is not over
 */
public record DeploymentStatus(
    DeploymentId deployment,
    DeploymentState state,
    Sha256 authorisation,
    HeldList list,
    Instant ends,
    Instant listExpires,
    Instant since,
    @Nullable End end) {

  /** The same, over. */
  DeploymentStatus ended(End by) {
    return new DeploymentStatus(
        deployment,
        state.after(DeploymentState.Step.END).orElseThrow(),
        authorisation,
        list,
        ends,
        listExpires,
        by.at(),
        by);
  }

  /**
   * How it came to be over.
   *
   * @param by in the audit log's form
   */
  public record End(EndReason reason, String by, Instant at) {}
}
