package org.sightline.edge.app.metrics;

import java.time.Duration;
import java.util.List;
import org.sightline.edge.app.AgentStatus;
import org.sightline.edge.pipeline.CameraState;
import org.sightline.edge.pipeline.PipelineCounters;

/**
 * How an agent stands at one moment.
 *
 * @param status as it says it each second
 * @param age how long ago it said so
 * @param counters since the cameras were last opened
 * @param cameras none while none is open
 */
public record AgentReading(
    AgentStatus status,
    Duration age,
    PipelineCounters.Snapshot counters,
    List<CameraState> cameras) {}
