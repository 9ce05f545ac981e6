package org.sightline.edge.record;

import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** Knows which alerts there are. */
@FunctionalInterface
public interface KnownAlerts {
  /** The alert of this id, if this device raised it and still keeps it. */
  Optional<KnownAlert> find(Transaction transaction, UUID alert) throws StoreException;
}
