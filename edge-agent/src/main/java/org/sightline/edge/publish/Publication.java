package org.sightline.edge.publish;

import java.util.OptionalLong;
import java.util.UUID;
import org.sightline.edge.domain.CameraId;

/**
 * An alert that the broker has acknowledged.
 *
 * @param captureToPublishMillis from the frame that completed the evidence to the broker's
 *     acknowledgement; absent when the alert was raised before this process started
 */
public record Publication(UUID id, CameraId camera, OptionalLong captureToPublishMillis) {}
