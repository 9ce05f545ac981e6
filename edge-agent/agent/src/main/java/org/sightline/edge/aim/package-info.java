/**
 * Whether a camera is aimed: how large faces are across its view, how sharp and in what light, and
 * the one picture of it that may be kept. Nobody is compared with anybody, and nothing is embedded.
 *
 * <p>May import: domain, capture, inference, models, imaging, detect, track, shot, pipeline,
 * doctor.
 */
@NullMarked
package org.sightline.edge.aim;

import org.jspecify.annotations.NullMarked;
