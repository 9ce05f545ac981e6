/**
 * Measuring a model pack: verification, calibration, what poor pictures cost.
 *
 * <p>May import: domain, statistics, plot, config, capture, inference, models, imaging, detect,
 * track, embed, presentationattack, shot, match, alert, enrol.
 */
@NullMarked
package org.sightline.edge.evaluate;

import org.jspecify.annotations.NullMarked;
