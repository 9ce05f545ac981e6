/**
 * Alert to CloudEvents JSON; relay from the outbox to the broker.
 *
 * <p>May import: domain, config, crypto, store, audit, authorisation, outbox.
 */
@NullMarked
package org.sightline.edge.publish;

import org.jspecify.annotations.NullMarked;
