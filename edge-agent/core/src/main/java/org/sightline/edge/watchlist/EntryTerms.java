package org.sightline.edge.watchlist;

import java.time.LocalDate;

/**
 * On what terms a subject is listed. Counted in the header of a bundle and not kept with the entry:
 * the van has no use for it.
 *
 * @param reviewedUntil last day, UTC, for which somebody has decided that the subject is listed
 * @param under18 whether the subject is known to be under 18
 */
public record EntryTerms(LocalDate reviewedUntil, boolean under18) {}
