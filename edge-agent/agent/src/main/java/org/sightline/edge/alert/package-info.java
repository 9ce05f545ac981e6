/**
 * Evidence of a pass to at most one decision per listed subject. Pure: no I/O, no clock but the
 * frame's.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.alert;

import org.jspecify.annotations.NullMarked;
