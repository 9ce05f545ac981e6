/**
 * Counters of a deployment, outcomes of its alerts, its public record; numbers and ids only.
 *
 * <p>May import: domain, statistics, store, audit, concurrent, walk, html.
 */
@NullMarked
package org.sightline.edge.record;

import org.jspecify.annotations.NullMarked;
