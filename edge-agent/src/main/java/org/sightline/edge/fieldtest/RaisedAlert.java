package org.sightline.edge.fieldtest;

import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;

/**
 * An alert as it was raised.
 *
 * @param seconds position in the camera's clip of the frame that completed the evidence
 * @param similarity cosine of the fused template to the subject
 */
public record RaisedAlert(SubjectRef subject, CameraId camera, double seconds, double similarity) {}
