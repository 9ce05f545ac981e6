/**
 * Which views of a pass are worth embedding. Pure: no I/O, no clock but the frame's.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.shot;

import org.jspecify.annotations.NullMarked;
