package org.sightline.edge.board.room;

import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.Outcome;

/** What one officer finds an alert to be. */
public record Finding(Outcome outcome, Actor by) {}
