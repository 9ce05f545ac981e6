/**
 * What a van and a control room tell each other, and how an alert gets from the outbox to the
 * broker.
 *
 * <p>May import: domain, config, crypto, store, audit, authorisation, outbox.
 */
@NullMarked
package org.sightline.edge.publish;

import org.jspecify.annotations.NullMarked;
