/**
 * The control room's page: open alerts of many vans, and what officers find them to be.
 *
 * <p>May import: domain, config, crypto, store, audit, publish, web.
 */
@NullMarked
package org.sightline.edge.board;

import org.jspecify.annotations.NullMarked;
