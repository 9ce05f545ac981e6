/** Root of the agent; holds no code of its own. */
@NullMarked
package org.sightline.edge;

import org.jspecify.annotations.NullMarked;
