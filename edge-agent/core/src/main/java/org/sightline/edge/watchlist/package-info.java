/**
 * The watchlist on its way and at rest: the signed, encrypted, expiring bundle, and the list sealed
 * in the data file under a key of its own.
 *
 * <p>May import: domain, crypto, store.
 */
@NullMarked
package org.sightline.edge.watchlist;

import org.jspecify.annotations.NullMarked;
