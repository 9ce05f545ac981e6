package org.sightline.edge.deployment;

import java.util.Optional;
import java.util.Set;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.watchlist.StoredWatchlist;

/** A list that is open in memory while subjects are taken off it. */
public interface ListInUse {
  /** Of a deployment whose list is not open. */
  ListInUse NONE =
      new ListInUse() {
        @Override
        public Optional<DeploymentId> deployment() {
          return Optional.empty();
        }

        @Override
        public void withdraw(Set<SubjectRef> subjects) {}

        @Override
        public void replace(StoredWatchlist rest) throws StoreException {
          rest.close();
        }
      };

  /** Whose list it is; empty if none is open. */
  Optional<DeploymentId> deployment();

  /** Wipes their entries; from when this returns nobody is taken for one of them. */
  void withdraw(Set<SubjectRef> subjects);

  /**
   * What is left lies elsewhere now; the list before is to be closed.
   *
   * @param rest owned from now
   */
  void replace(StoredWatchlist rest) throws StoreException;
}
