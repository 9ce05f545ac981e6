/**
 * Plots: an immutable description in, the text of an SVG out, the same for the same description. No
 * script, no foreign font, nothing loaded; colours follow the reader's light or dark scheme. Pure.
 *
 * <p>May import: -.
 */
@NullMarked
package org.sightline.edge.plot;

import org.jspecify.annotations.NullMarked;
