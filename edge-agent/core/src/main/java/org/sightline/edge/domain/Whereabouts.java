package org.sightline.edge.domain;

import org.jspecify.annotations.Nullable;

/**
 * By what somebody in the street is found again: only of an alerted person, and only where the
 * authorisation permits it.
 *
 * @param figure the person from head to foot, from the frame that decided, with everything and
 *     everybody else in it pixelated; null if that could not be made so that nobody else can be
 *     recognised in it
 * @param walking when the alert was decided; null if that could not be seen
 */
public record Whereabouts(@Nullable Jpeg figure, @Nullable Walking walking) {}
