/**
 * The control room's page: open alerts of many vans, and what officers find them to be.
 *
 * <p>May import: domain, statistics, config, crypto, store, health, audit, authorisation, publish,
 * web, webhook, concurrent.
 */
@NullMarked
package org.sightline.edge.board;

import org.jspecify.annotations.NullMarked;
