/**
 * The life of a deployment on its device: a list accepted under an authorisation, opened, ended,
 * destroyed; the clock that never goes back. The one place that changes where a deployment stands.
 *
 * <p>May import: domain, crypto, store, audit, trust, authorisation, watchlist, walk.
 */
@NullMarked
package org.sightline.edge.deployment;

import org.jspecify.annotations.NullMarked;
