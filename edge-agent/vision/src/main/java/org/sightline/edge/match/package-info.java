/**
 * Template to candidates: the gallery in memory and its exhaustive search; thresholds derived from
 * calibration. Pure.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.match;

import org.jspecify.annotations.NullMarked;
