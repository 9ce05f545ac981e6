/**
 * Composition root: the agent put together from settings; main.
 *
 * <p>May import: everything but cli (main alone calls it).
 */
@NullMarked
package org.sightline.edge.app;

import org.jspecify.annotations.NullMarked;
