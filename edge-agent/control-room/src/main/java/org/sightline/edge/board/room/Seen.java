package org.sightline.edge.board.room;

import java.time.Instant;
import org.sightline.edge.audit.Actor;

/** Who has looked at an alert first, and when by this board's clock. */
public record Seen(Actor by, Instant at) {}
