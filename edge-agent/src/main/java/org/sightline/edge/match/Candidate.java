package org.sightline.edge.match;

import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.WatchlistEntry;

/** The listed subject nearest to a probe; "nearest" is not yet "the same". */
public record Candidate(WatchlistEntry entry, Similarity similarity) {}
