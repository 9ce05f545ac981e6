/**
 * Threads, pauses between attempts, and what is opened together and closed in reverse.
 *
 * <p>May import: -.
 */
@NullMarked
package org.sightline.edge.concurrent;

import org.jspecify.annotations.NullMarked;
