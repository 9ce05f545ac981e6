/**
 * Faces to passes: one tracker per camera. Pure: no I/O, no clock but the frame's.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.track;

import org.jspecify.annotations.NullMarked;
