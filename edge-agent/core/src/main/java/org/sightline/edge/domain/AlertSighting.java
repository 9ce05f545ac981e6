package org.sightline.edge.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the pass of an alert goes on: that pass alone, at its own camera.
 *
 * @param at when the person was last seen
 * @param inView whether the pass goes on; it has ended otherwise, which is not followed by another
 *     sighting
 * @param walking null if that cannot be seen
 */
public record AlertSighting(UUID alert, Instant at, boolean inView, @Nullable Walking walking) {}
