/**
 * Whether a camera can see: covered, blinded, in the dark, frozen, turned or out of focus. Computed
 * from a coarse sample of the brightness of a picture a few times a second; nothing of a picture is
 * kept but the mean brightness of 576 squares, in which nobody can be recognised. Pure: no I/O, and
 * no clock but the frame's.
 *
 * <p>May import: domain, capture.
 */
@NullMarked
package org.sightline.edge.lens;

import org.jspecify.annotations.NullMarked;
