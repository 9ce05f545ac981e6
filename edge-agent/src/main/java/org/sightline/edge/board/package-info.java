/**
 * The control room's page: open alerts of many vans, their outcomes, and the logins of those who
 * judge them. A role of its own, on a machine in the control room; the only user of Jetty.
 *
 * <p>May import: domain, config, crypto, store, audit, publish.
 */
@NullMarked
package org.sightline.edge.board;

import org.jspecify.annotations.NullMarked;
