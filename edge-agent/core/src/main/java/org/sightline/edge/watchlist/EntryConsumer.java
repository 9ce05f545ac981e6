package org.sightline.edge.watchlist;

import org.sightline.edge.domain.WatchlistEntry;

/**
 * Takes the entries of a list, in its order, and owns them.
 *
 * @param <X> what it throws
 */
@FunctionalInterface
public interface EntryConsumer<X extends Exception> {
  void accept(WatchlistEntry entry) throws X;
}
