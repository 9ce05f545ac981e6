/**
 * Progress, readiness and watchdog towards systemd; metrics.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.health;

import org.jspecify.annotations.NullMarked;
