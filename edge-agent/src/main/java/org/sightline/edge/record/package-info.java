/**
 * Counters of a deployment and its public record; numbers only.
 *
 * <p>May import: domain, store.
 */
@NullMarked
package org.sightline.edge.record;

import org.jspecify.annotations.NullMarked;
