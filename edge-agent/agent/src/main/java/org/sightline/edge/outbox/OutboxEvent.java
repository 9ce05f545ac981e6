package org.sightline.edge.outbox;

import java.time.Instant;
import java.util.UUID;
import org.sightline.edge.domain.CameraId;

/**
 * An event that waits to be published, without its payload.
 *
 * @param sequence place in the order of enqueueing; positive, grows, never used twice
 * @param id UUIDv7; receivers de-duplicate on it
 * @param expires end of its retention: from then on it is not published, and deleted soon
 * @param test whether it is a test alert, which no camera raised
 */
public record OutboxEvent(
    long sequence, UUID id, CameraId camera, Instant created, Instant expires, boolean test) {}
