package org.sightline.edge.board.room;

/**
 * How many judged alerts this board has stored and does not show any more, as its memory is
 * bounded: they are in no figure, list or copy.
 *
 * @param settled of which nothing was awaited any more
 * @param awaited of which something is: their van has not confirmed the outcome, or it is not
 *     stated what became of them; what the van says of one is heard all the same
 * @param complete whether all that are awaited have been looked at; until then nothing may be
 *     awaited of some of them
 */
public record Stored(long settled, long awaited, boolean complete) {
  /** So many more of each; never less than none. */
  Stored plus(int moreSettled, int moreAwaited) {
    return new Stored(
        Math.max(0, settled + moreSettled), Math.max(0, awaited + moreAwaited), complete);
  }
}
