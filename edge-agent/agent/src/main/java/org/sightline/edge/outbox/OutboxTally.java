package org.sightline.edge.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of the queue in numbers.
 *
 * @param waiting events not yet acknowledged
 * @param oldest when the oldest of them was created; null when none waits
 * @param published events acknowledged since the data file was made
 * @param expired events deleted unpublished since the data file was made, because their retention
 *     had ended
 */
public record OutboxTally(int waiting, @Nullable Instant oldest, long published, long expired) {}
