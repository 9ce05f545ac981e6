package org.sightline.edge.publish;

import java.util.UUID;
import org.sightline.edge.domain.CameraId;

/** An alert that the broker has acknowledged. */
public record Publication(UUID id, CameraId camera) {}
