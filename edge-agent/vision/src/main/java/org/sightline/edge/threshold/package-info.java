/**
 * Which similarity counts: the highest of what a calibration derives, what was authorised and what
 * was set by hand.
 *
 * <p>May import: domain, models, match.
 */
@NullMarked
package org.sightline.edge.threshold;

import org.jspecify.annotations.NullMarked;
