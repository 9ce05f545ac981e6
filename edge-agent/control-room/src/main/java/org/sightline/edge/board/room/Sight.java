package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Walking;

/**
 * What its van last said of whether the person of an alert is in view. Immutable.
 *
 * @param lastSeen by this board's clock
 * @param inView whether the person was in view when that was said
 * @param heard when that was, by this board's clock
 * @param published the same by the van's clock
 */
public record Sight(
    UUID alert,
    Instant lastSeen,
    boolean inView,
    @Nullable Walking walking,
    Instant heard,
    Instant published) {}
