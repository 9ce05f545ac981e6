/** Commands of the control room. */
@NullMarked
package org.sightline.edge.cli.room;

import org.jspecify.annotations.NullMarked;
