package org.sightline.edge.deployment;

import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** How many alerts still wait for the broker. */
@FunctionalInterface
public interface AlertCount {
  int waiting(Transaction transaction) throws StoreException;
}
