/**
 * From the outbox to the broker.
 *
 * <p>May import: domain, crypto, store, audit, authorisation, outbox, publish, concurrent.
 */
@NullMarked
package org.sightline.edge.relay;

import org.jspecify.annotations.NullMarked;
