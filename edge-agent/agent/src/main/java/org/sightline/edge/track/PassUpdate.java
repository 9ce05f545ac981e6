package org.sightline.edge.track;

import java.util.List;

/**
 * What one frame changed.
 *
 * @param sightings the confirmed passes seen in the frame
 * @param begun how many passes were confirmed by the frame
 * @param ended numbers of confirmed passes that are over
 */
public record PassUpdate(List<Sighting> sightings, int begun, List<Long> ended) {}
