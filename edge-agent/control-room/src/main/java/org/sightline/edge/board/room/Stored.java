package org.sightline.edge.board.room;

/**
 * How many judged alerts this board has stored and does not show any more, as its memory is
 * bounded: they are in no figure, list or copy.
 *
 * @param settled of which nothing was awaited any more
 * @param awaited of which something is: their van has not confirmed the outcome, or it is not
 *     stated what became of them; what the van says of one is heard all the same
 */
public record Stored(long settled, long awaited) {}
