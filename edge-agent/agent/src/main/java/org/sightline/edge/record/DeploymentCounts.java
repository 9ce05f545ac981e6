package org.sightline.edge.record;

/**
 * What went through the agent since it started.
 *
 * @param frames processed
 * @param faceDetections faces found in them; one person is counted in every frame
 * @param facesSeen passes of one person in front of one camera: somebody who walks by once is one
 *     face seen
 * @param alerts raised
 */
public record DeploymentCounts(long frames, long faceDetections, long facesSeen, long alerts) {}
