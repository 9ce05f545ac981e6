package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * Interruptions of capture. A pause lies in the data file, so that it outlives the agent; it
 * extends nothing: authorisation, list and alerts end when they would have. Thread-safe.
 */
public final class Pauses {
  private final Deployments deployments;
  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;

  Pauses(
      Deployments deployments,
      Database database,
      DeploymentSite site,
      DeviceClock clock,
      AuditLog audit) {
    this.deployments = deployments;
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
  }

  /** The pause of a deployment; empty if it has none, or is not open. */
  public Optional<Pause> current(DeploymentId deployment) throws StoreException {
    return database.read(tx -> current(tx, deployment));
  }

  private static Optional<Pause> current(Transaction tx, DeploymentId deployment)
      throws StoreException {
    return tx.first(
        """
        SELECT sequence, paused_millis, reason, paused_by, effective_millis FROM deployment_pause
        WHERE deployment = ? AND resumed_millis IS NULL
          AND EXISTS (SELECT 1 FROM deployment_life
                      WHERE deployment_life.deployment = deployment_pause.deployment
                        AND state = 'open')
        """,
        Pauses::pause,
        deployment.value());
  }

  private static Pause pause(Row row) {
    return new Pause(
        row.integer("sequence"),
        row.instant("paused_millis"),
        PauseReason.of(row.text("reason")),
        row.text("paused_by"),
        row.instantOrNull("effective_millis") != null);
  }

  /**
   * Pauses the open deployment that is here. A running agent closes its cameras and wipes the list
   * within a second; nothing is opened again before somebody resumes.
   *
   * @throws DeploymentException if none is open, or it is paused already
   */
  public DeploymentStatus pause(PauseReason reason, Actor by)
      throws StoreException, DeploymentException {
    DeploymentStatus open = requireOpen();
    database.<Integer, DeploymentException>write(
        tx -> {
          requireOpen(tx, open.deployment());
          Optional<Pause> before = current(tx, open.deployment());
          if (before.isPresent()) {
            throw refused(new DeploymentRefusal.AlreadyPaused(before.get()));
          }
          audit.append(
              tx,
              AuditEvent.of(AuditKind.DEPLOYMENT_PAUSED, by)
                  .with("deployment", open.deployment())
                  .with("reason", reason.word()));
          return tx.update(
              """
              INSERT INTO deployment_pause (deployment, reason, paused_by, paused_millis)
              VALUES (?, ?, ?, ?)
              """,
              open.deployment().value(),
              reason.word(),
              by.value(),
              clock.instant());
        });
    return open;
  }

  /**
   * Lets capture go on, for as long as the authorisation has left.
   *
   * @throws DeploymentException if the authorisation does not stand any more, the deployment is
   *     over, or is not paused
   */
  public DeploymentStatus resume(Path authorisationFile, PackInUse pack, Actor by)
      throws StoreException, CryptoException, DeploymentException {
    requireOpen();
    DeploymentStatus open = deployments.requireOpen(authorisationFile, pack);
    database.<Integer, DeploymentException>write(
        tx -> {
          Pause pause =
              current(tx, open.deployment())
                  .orElseThrow(() -> refused(new DeploymentRefusal.NotPaused(open.deployment())));
          audit.append(
              tx,
              AuditEvent.of(AuditKind.DEPLOYMENT_RESUMED, by)
                  .with("deployment", open.deployment())
                  .with("since", pause.since()));
          return tx.update(
              "UPDATE deployment_pause SET resumed_by = ?, resumed_millis = ? WHERE sequence = ?",
              by.value(),
              clock.instant(),
              pause.number());
        });
    return open;
  }

  private DeploymentStatus requireOpen() throws StoreException, DeploymentException {
    DeploymentStatus here =
        deployments.settle().orElseThrow(() -> refused(new DeploymentRefusal.NothingHere()));
    if (here.state() != DeploymentState.OPEN) {
      throw refused(new DeploymentRefusal.WrongState(here.deployment(), here.state(), Step.END));
    }
    return here;
  }

  /** The end may have come since it was looked at. */
  private void requireOpen(Transaction tx, DeploymentId deployment)
      throws StoreException, DeploymentException {
    if (tx.first(
            "SELECT 1 AS one FROM deployment_life WHERE deployment = ? AND state = 'open'",
            row -> row.integer("one"),
            deployment.value())
        .isEmpty()) {
      throw refused(new DeploymentRefusal.WrongState(deployment, DeploymentState.ENDED, Step.END));
    }
  }

  /**
   * Whether an agent has said of the last pause of a deployment, be it over or not, that its
   * cameras were closed.
   */
  public boolean lastWasEffective(DeploymentId deployment) throws StoreException {
    return database
        .first(
            """
            SELECT effective_millis FROM deployment_pause WHERE deployment = ?
            ORDER BY sequence DESC LIMIT 1
            """,
            row -> row.instantOrNull("effective_millis") != null,
            deployment.value())
        .orElse(false);
  }

  /** Records that an agent has no camera open and no list in memory, for as long as it lasts. */
  public void effective(Pause pause) throws StoreException {
    database.update(
        "UPDATE deployment_pause SET effective_millis = ? WHERE sequence = ?"
            + " AND effective_millis IS NULL",
        clock.instant(),
        pause.number());
  }

  private DeploymentException refused(DeploymentRefusal refusal) {
    return new DeploymentException(refusal, site.folders().data().toString());
  }
}
