package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a deployment in the data file, each step together with its record in the log. */
record Ending(LifeTable life, AuditLog audit) {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /**
   * How a deployment is over by the time alone; empty if it is not. Where nobody looked for long,
   * what came first counts.
   */
  static Optional<End> byTime(DeploymentStatus status, Instant now) {
    Instant first = status.firstEnd();
    if (now.isBefore(first)) {
      return Optional.empty();
    }
    EndReason reason =
        first.equals(status.ends())
            ? EndReason.END_REACHED
            : status.lapses().equals(Optional.of(first))
                ? EndReason.LAPSED
                : EndReason.LIST_EXPIRED;
    return Optional.of(new End(reason, Actor.AGENT.value(), now));
  }

  /** Records that a deployment is over which was not. */
  DeploymentStatus record(Transaction tx, DeploymentStatus status, End end) throws StoreException {
    audit.append(
        tx,
        AuditEvent.of(AuditKind.DEPLOYMENT_ENDED, new Actor(end.by()))
            .with("deployment", status.deployment())
            .with("reason", end.reason().word()));
    return life.end(tx, status, status.state().after(Step.END).orElseThrow(), end);
  }

  /** Records, if it can be, that the list of a deployment that is over is still there. */
  void failed(Database database, DeploymentStatus status, Instant now) {
    if (status.state() == DeploymentState.ALARM) {
      return;
    }
    try {
      database.write(
          tx -> {
            audit.append(
                tx,
                AuditEvent.of(AuditKind.DESTRUCTION_FAILED, Actor.AGENT)
                    .with("deployment", status.deployment())
                    .with("list", status.list().digest()));
            DeploymentState next = status.state().after(Step.FAIL).orElseThrow();
            return life.move(tx, status, next, now);
          });
    } catch (StoreException e) {
      LOG.error("The alarm is not recorded: {}", e.getMessage());
    }
  }
}
