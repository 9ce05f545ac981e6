package org.sightline.edge.board.room;

import org.sightline.edge.audit.Actor;

/**
 * Who judges.
 *
 * @param supervisor whether it is somebody who may decide between two officers
 */
public record Judge(Actor officer, boolean supervisor) {}
