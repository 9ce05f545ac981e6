package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * Where one deployment stands on this device.
 *
 * @param authorisation digest of the signed document
 * @param limits when it is over by itself
 * @param since when it came to stand there
 * @param end null while it is not over
 */
public record DeploymentStatus(
    DeploymentId deployment,
    DeploymentState state,
    Sha256 authorisation,
    HeldList list,
    Limits limits,
    Instant since,
    @Nullable End end) {

  /**
   * When a deployment is over by itself: at the first of these.
   *
   * @param ends authorised end
   * @param lapses when nobody but one authority has signed an urgent authorisation; null if that is
   *     not so, or a second one has confirmed it
   */
  public record Limits(Instant ends, Instant listExpires, @Nullable Instant lapses) {}

  /** The authorised end. */
  public Instant ends() {
    return limits.ends;
  }

  public Instant listExpires() {
    return limits.listExpires;
  }

  /** When it ends unless a second authority confirms it; empty if that is not needed. */
  public Optional<Instant> lapses() {
    return Optional.ofNullable(limits.lapses);
  }

  /** The first moment at which capture is over if nothing else comes. */
  public Instant firstEnd() {
    Instant end = limits.ends.isBefore(limits.listExpires) ? limits.ends : limits.listExpires;
    return limits.lapses != null && limits.lapses.isBefore(end) ? limits.lapses : end;
  }

  /** The same, over. */
  DeploymentStatus ended(End by) {
    return new DeploymentStatus(
        deployment,
        state.after(DeploymentState.Step.END).orElseThrow(),
        authorisation,
        list,
        limits,
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
