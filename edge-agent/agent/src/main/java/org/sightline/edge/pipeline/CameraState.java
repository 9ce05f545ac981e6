package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CaptureStatistics;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.lens.LensFault;

/**
 * How one camera stands.
 *
 * @param source what its source has seen
 * @param lens why it cannot see; empty while it can, as far as is known, and while it is not open
 * @param searched how long ago its last searched frame was captured; null before the first
 * @param framesSearched frames in which faces were looked for
 * @param dropped frames given up because the box was busy
 */
public record CameraState(
    CameraId id,
    CameraPhase phase,
    CaptureStatistics source,
    Optional<LensFault> lens,
    @Nullable Duration searched,
    long framesSearched,
    long dropped) {}
