package org.sightline.edge.board.room;

import java.time.Duration;
import java.util.UUID;
import org.sightline.edge.audit.Actor;

/**
 * What became of a test alert, which goes from this board to the broker and back, and to the pages.
 * It is no alert: it is in no list, in no figure, and no van hears of it.
 *
 * @param by who asked for it
 * @param heard whether it came back
 * @param took how long that took, or was waited for
 */
public record TestAlert(UUID id, Actor by, boolean heard, Duration took) {}
