package org.sightline.edge.app;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.sightline.edge.deployment.ListInUse;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.StoredWatchlist;

/**
 * A list that is searched: its gallery, and where the portraits of the gallery's rows are read.
 * Thread-safe until closed, which wipes both.
 */
final class ListInMemory implements Portraits, ListInUse, AutoCloseable {
  private final Gallery gallery;
  private final BundleTerms terms;

  /** By row of the gallery. */
  private final int[] numbers;

  /** Reading a portrait shares it; what is read from is changed alone. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private StoredWatchlist stored;

  /**
   * @param numbers in the list, by row of the gallery
   */
  ListInMemory(Gallery gallery, StoredWatchlist stored, int[] numbers) {
    this.gallery = gallery;
    this.stored = stored;
    this.terms = stored.terms();
    this.numbers = numbers.clone();
  }

  Gallery gallery() {
    return gallery;
  }

  BundleTerms terms() {
    return terms;
  }

  @Override
  public Jpeg of(int row) throws SightlineException {
    use.readLock().lock();
    try {
      return stored.of(numbers[row]);
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public Optional<DeploymentId> deployment() {
    return Optional.of(terms.deployment());
  }

  @Override
  public void withdraw(Set<SubjectRef> subjects) {
    gallery.withdraw(subjects);
  }

  @Override
  public void replace(StoredWatchlist rest) throws StoreException {
    use.writeLock().lock();
    try {
      stored.close();
      stored = rest;
    } finally {
      use.writeLock().unlock();
    }
  }

  @Override
  public void close() throws StoreException {
    gallery.close();
    use.writeLock().lock();
    try {
      stored.close();
    } finally {
      use.writeLock().unlock();
    }
  }
}
