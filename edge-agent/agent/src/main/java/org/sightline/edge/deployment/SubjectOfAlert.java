package org.sightline.edge.deployment;

import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** Whom an alert is about; empty once nobody knows any more. */
@FunctionalInterface
public interface SubjectOfAlert {
  Optional<SubjectRef> of(Transaction tx, UUID alert) throws StoreException;
}
