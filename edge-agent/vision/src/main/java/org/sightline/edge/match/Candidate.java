package org.sightline.edge.match;

import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;

/**
 * The listed subject nearest to a probe; "nearest" is not yet "the same".
 *
 * @param row the subject's number in the list, from 0
 * @param category why the subject is listed
 */
public record Candidate(int row, SubjectRef subject, String category, Similarity similarity) {}
