package org.sightline.edge.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A possible match that a person has to judge: the only thing about anybody that leaves the box.
 *
 * @param id UUIDv7; receivers de-duplicate on it
 * @param place where the van stands, from the authorisation
 * @param similarity of the pass's fused template to the subject's nearest template
 * @param threshold that the similarity had to reach
 * @param strength what that similarity is worth; null if the model pack was not calibrated
 * @param galleryEntries length of the list that was searched
 * @param modelPack that made the templates
 * @param capturedAt when the frame of the probe picture was captured
 * @param decidedAt when the evidence sufficed
 * @param capturedNanos {@link System#nanoTime()} of the frame that completed the evidence, for
 *     latency only
 * @param probe the face as the camera saw it
 * @param portrait the subject's picture from the watchlist; null if it could not be read
 * @param presentationCheck whether the probe may show a picture of a face; null if nothing looked
 */
public record Alert(
    UUID id,
    DeploymentId deployment,
    VanId van,
    CameraId camera,
    String place,
    SubjectRef subject,
    String category,
    Similarity similarity,
    Similarity threshold,
    @Nullable MatchStrength strength,
    int galleryEntries,
    String modelPack,
    Instant capturedAt,
    Instant decidedAt,
    long capturedNanos,
    Jpeg probe,
    @Nullable Jpeg portrait,
    @Nullable PresentationCheck presentationCheck) {}
