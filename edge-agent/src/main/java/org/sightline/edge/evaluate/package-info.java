/**
 * Measuring a model pack: verification, calibration, what poor pictures cost.
 *
 * <p>May import: domain, statistics, plot, inference, imaging, detect, embed, shot, match, enrol.
 */
@NullMarked
package org.sightline.edge.evaluate;

import org.jspecify.annotations.NullMarked;
