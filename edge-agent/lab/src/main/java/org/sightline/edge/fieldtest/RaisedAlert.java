package org.sightline.edge.fieldtest;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.SubjectRef;

/**
 * An alert as it was raised.
 *
 * @param seconds position in the camera's clip of the frame that completed the evidence
 * @param similarity cosine of the fused template to the subject
 * @param presentationCheck whether it may be a picture of a face; null if nothing looked
 */
public record RaisedAlert(
    SubjectRef subject,
    CameraId camera,
    double seconds,
    double similarity,
    @Nullable PresentationCheck presentationCheck) {}
