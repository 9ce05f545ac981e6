package org.sightline.edge.track;

import org.sightline.edge.domain.Face;

/**
 * A face of one frame as part of a pass.
 *
 * @param pass number of the pass within its camera and run; says nothing about who it is and is
 *     forgotten when the pass ends
 */
public record Sighting(long pass, Face face) {}
