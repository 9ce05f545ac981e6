/**
 * What only an authority has: its private key, and the signing of lists.
 *
 * <p>May import: domain, crypto, watchlist.
 */
@NullMarked
package org.sightline.edge.signing;

import org.jspecify.annotations.NullMarked;
