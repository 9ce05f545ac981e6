package org.sightline.edge.app.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentStatus;
import org.sightline.edge.capture.CaptureStatistics;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.pipeline.CameraPhase;
import org.sightline.edge.pipeline.CameraState;
import org.sightline.edge.pipeline.PipelineCounters;

/** An agent with one camera, an hour and a half before its end. */
final class SampleReading {
  static final CameraId CAMERA = new CameraId("mast-1");

  private SampleReading() {}

  /** One with an alarm of its camera. */
  static AgentReading withAlarms(List<String> alarms) {
    return new AgentReading(
        status(
            alarms,
            new AgentStatus.Broker(true, 4, null),
            new AgentStatus.Alerts(9, 2, 3, 1, 3),
            new AgentStatus.Box(1234L, 48.5, "cpu")),
        Duration.ofSeconds(1),
        PipelineCounters.Snapshot.none(),
        List.of(
            new CameraState(
                CAMERA,
                CameraPhase.OPEN,
                new CaptureStatistics(2500, 3, 1, 0, true),
                Optional.empty(),
                Duration.ofMillis(250),
                900,
                7)));
  }

  /** One whose data file, disk and sensors cannot be read, with no camera open. */
  static AgentReading unreadable() {
    return new AgentReading(
        status(List.of(), null, null, new AgentStatus.Box(null, null, null)),
        Duration.ofSeconds(40),
        PipelineCounters.Snapshot.none(),
        List.of());
  }

  private static AgentStatus status(
      List<String> alarms,
      AgentStatus.@Nullable Broker broker,
      AgentStatus.@Nullable Alerts alerts,
      AgentStatus.Box box) {
    return new AgentStatus(
        new AgentStatus.RunningProcess(
            7, null, "2026-11-29T15:00:00Z", "1.2.3", null, "2026-11-29T16:30:00Z"),
        new AgentStatus.Deployment(
            "D-1", "2026-11-29T14:00:00Z", "2026-11-29T18:00:00Z", true, null, List.of(), null),
        List.of(new AgentStatus.Camera("mast-1", alarms, 24.9, 0.1, 1, 3, 7)),
        broker,
        alerts,
        alarms,
        box);
  }
}
