/**
 * Durable queue of alert events: enqueue, claim, acknowledge.
 *
 * <p>May import: domain, crypto, store.
 */
@NullMarked
package org.sightline.edge.outbox;

import org.jspecify.annotations.NullMarked;
