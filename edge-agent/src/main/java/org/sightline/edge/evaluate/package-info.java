/**
 * Measuring a model pack: verification and calibration.
 *
 * <p>May import: domain, statistics, plot, inference, imaging, detect, embed, match, enrol.
 */
@NullMarked
package org.sightline.edge.evaluate;

import org.jspecify.annotations.NullMarked;
