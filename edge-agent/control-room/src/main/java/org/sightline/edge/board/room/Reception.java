package org.sightline.edge.board.room;

import java.time.Instant;

/**
 * Whether the board hears the broker. Immutable.
 *
 * @param hears whether it does; if not, no alert arrives
 * @param since when it came to be so, by this board's clock
 */
public record Reception(boolean hears, Instant since) {}
