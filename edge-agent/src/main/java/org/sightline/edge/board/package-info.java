/**
 * The control room's page: open alerts of many vans, what officers find them to be, and the logins
 * of those who may look; the only user of Jetty.
 *
 * <p>May import: domain, config, crypto, store, audit, publish.
 */
@NullMarked
package org.sightline.edge.board;

import org.jspecify.annotations.NullMarked;
