/**
 * The signed, encrypted, expiring watchlist bundle: writing, verifying, opening.
 *
 * <p>May import: domain, crypto.
 */
@NullMarked
package org.sightline.edge.watchlist;

import org.jspecify.annotations.NullMarked;
