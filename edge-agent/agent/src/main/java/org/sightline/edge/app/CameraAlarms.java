package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.pipeline.CameraPhase;
import org.sightline.edge.pipeline.CameraState;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.publish.VanStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which camera is in the way of the deployment, and why; what comes and goes is logged. */
final class CameraAlarms {
  private static final Logger LOG = LoggerFactory.getLogger(CameraAlarms.class);

  private final Pipeline pipeline;
  private final Map<CameraId, MeasuredSource> sources;
  private final Map<CameraId, List<String>> logged = new HashMap<>();

  CameraAlarms(Pipeline pipeline, Map<CameraId, MeasuredSource> sources) {
    this.pipeline = pipeline;
    this.sources = Map.copyOf(sources);
  }

  /**
   * Every camera that should see now, with its alarms; what has changed since the last call is
   * logged.
   */
  synchronized List<VanStatus.Camera> cameras() {
    List<VanStatus.Camera> all = new ArrayList<>();
    for (CameraState state : pipeline.cameras()) {
      if (state.phase() == CameraPhase.WAITING || state.phase() == CameraPhase.ENDED) {
        continue;
      }
      MeasuredSource source = sources.get(state.id());
      List<String> ofSource = source == null ? List.of() : Alarms.of(source);
      List<String> alarms = Alarms.of(state, ofSource);
      // The source itself logs why no frames come, and the pipeline why it closed a camera.
      if (state.phase() == CameraPhase.OPEN
          && ofSource.isEmpty()
          && !alarms.equals(logged.getOrDefault(state.id(), List.of()))) {
        logged.put(state.id(), alarms);
        if (alarms.isEmpty()) {
          LOG.atInfo().addKeyValue("CAMERA", state.id()).log("Camera {} sees again", state.id());
        } else {
          LOG.atWarn()
              .addKeyValue("CAMERA", state.id())
              .addKeyValue("ALARM", alarms.get(0))
              .log("Camera {} does not see as it should: {}", state.id(), alarms.get(0));
        }
      }
      all.add(new VanStatus.Camera(state.id(), alarms));
    }
    return all;
  }

  /** The cameras that give frames now, whether or not they see as they should. */
  Set<CameraId> giveFrames() {
    return pipeline.cameras().stream()
        .filter(camera -> camera.phase() == CameraPhase.OPEN)
        .map(CameraState::id)
        .filter(id -> !sources.containsKey(id) || sources.get(id).trouble() == null)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The alarms of all cameras. */
  List<String> alarms() {
    return cameras().stream().flatMap(camera -> camera.alarms().stream()).toList();
  }
}
