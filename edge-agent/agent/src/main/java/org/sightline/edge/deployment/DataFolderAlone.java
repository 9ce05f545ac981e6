package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.watchlist.ListFiles;

/**
 * Ends deployments and destroys their lists by what lies in a data folder, for when the settings or
 * keys that {@link Deployments} needs can no longer be used. It can end and destroy, and nothing
 * else. What is left, the note outside the folder, the bundle and the signed receipt, {@link
 * Deployments#finish} makes up as soon as they can be used again.
 */
public final class DataFolderAlone implements AutoCloseable {
  private final Path dataFolder;
  private final Database database;
  private final DeviceClock clock;
  private final LifeTable life = new LifeTable();
  private final Ending ending;
  private final ListFiles lists;

  private DataFolderAlone(Path dataFolder, Database database, DeviceClock clock) {
    this.dataFolder = dataFolder;
    this.database = database;
    this.clock = clock;
    this.ending = new Ending(life, new AuditLog(clock));
    this.lists = new ListFiles(database, dataFolder);
  }

  /**
   * Opens a data folder.
   *
   * @param wall wall clock; the device's own, which never goes back, is made from it
   * @throws StoreException if there is none, or its data file cannot be opened
   */
  public static DataFolderAlone open(Path dataFolder, Clock wall) throws StoreException {
    Database database = Database.openExisting(dataFolder);
    try {
      return new DataFolderAlone(dataFolder, database, DeviceClock.open(database, wall));
    } catch (StoreException | RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  public Database database() {
    return database;
  }

  /** The device's time, which never goes back. */
  public DeviceClock clock() {
    return clock;
  }

  /**
   * Records that the deployment that is here is over. A running agent sees it and closes its
   * cameras.
   *
   * @throws DeploymentException if there is none
   */
  public DeploymentId close(Actor by) throws StoreException, DeploymentException {
    return database.<DeploymentId, DeploymentException>write(
        tx -> {
          DeploymentStatus here =
              life.holdingList(tx)
                  .orElseThrow(
                      () ->
                          new DeploymentException(
                              new DeploymentRefusal.NothingHere(), dataFolder.toString()));
          if (here.state().after(Step.END).isPresent()) {
            ending.record(tx, here, new End(EndReason.CLOSED, by.value(), clock.instant()));
          }
          return here.deployment();
        });
  }

  /**
   * Destroys the list of the deployment that is over, and then records that it is.
   *
   * @param lock shows that nobody else is at work
   * @return the deployment; empty if none whose list was here is over
   * @throws DeploymentException if the list could not be destroyed; then the deployment is in
   *     alarm; or with {@link DeploymentRefusal.NotRecorded} if it was and the data file cannot be
   *     written
   */
  public Optional<DeploymentId> finish(DataFolderLock lock)
      throws StoreException, DeploymentException {
    Objects.requireNonNull(lock);
    Optional<DeploymentStatus> here = database.read(life::holdingList);
    Optional<End> end = here.flatMap(this::end);
    if (end.isEmpty()) {
      return Optional.empty();
    }
    DeploymentId deployment = here.orElseThrow().deployment();
    Optional<CryptoException> failure = destroy(deployment);
    try {
      DeploymentStatus ended = recorded(here.orElseThrow(), end.get());
      if (failure.isPresent()) {
        ending.failed(database, ended, clock.instant());
      }
    } catch (StoreException e) {
      if (failure.isEmpty()) {
        throw new DeploymentException(
            new DeploymentRefusal.NotRecorded(deployment, e.what()), e.where(), e);
      }
    }
    if (failure.isPresent()) {
      throw new DeploymentException(
          new DeploymentRefusal.NotDestroyed(deployment, failure.get().what()),
          dataFolder.toString(),
          failure.get());
    }
    return Optional.of(deployment);
  }

  private Optional<End> end(DeploymentStatus status) {
    End recorded = status.end();
    return recorded == null ? Ending.byTime(status, clock.instant()) : Optional.of(recorded);
  }

  private DeploymentStatus recorded(DeploymentStatus status, End end) throws StoreException {
    if (status.end() != null) {
      return status;
    }
    clock.remember();
    return database.write(tx -> ending.record(tx, status, end));
  }

  /** Why the list is still there; empty if nothing of it is. */
  private Optional<CryptoException> destroy(DeploymentId deployment) throws StoreException {
    try {
      lists.destroy(deployment);
      lists.destroyStrays();
      return Optional.empty();
    } catch (CryptoException e) {
      return Optional.of(e);
    }
  }

  @Override
  public void close() throws StoreException {
    database.close();
  }
}
