/**
 * What the street puts on a face and before it: hats, masks, glasses, a tilted head, light from
 * behind, rain on the lens; drawn onto pictures to measure what it costs.
 *
 * <p>May import: domain, imaging.
 */
@NullMarked
package org.sightline.edge.evaluate.street;

import org.jspecify.annotations.NullMarked;
