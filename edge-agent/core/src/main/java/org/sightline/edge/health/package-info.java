/**
 * Progress, readiness and watchdog towards systemd; the only user of UNIX datagram sockets.
 *
 * <p>May import: domain, concurrent.
 */
@NullMarked
package org.sightline.edge.health;

import org.jspecify.annotations.NullMarked;
