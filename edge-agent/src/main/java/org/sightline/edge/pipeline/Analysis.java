package org.sightline.edge.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Template;
import org.sightline.edge.pipeline.CameraAnalysis.Shot;

/**
 * The networks' work for all cameras: frames that are taken together are searched together, and
 * their views embedded together, so that a device which gains by it has more to do at once. What
 * comes of a frame does not depend on its company. Used by the analysis thread alone.
 */
final class Analysis {
  private final Map<CameraId, CameraAnalysis> cameras = new HashMap<>();
  private final Engine engine;
  private final PipelineCounters counters;

  Analysis(
      List<CameraId> ids,
      Engine engine,
      PipelineCounters counters,
      Function<CameraId, CameraAnalysis> ofCamera) {
    this.engine = engine;
    this.counters = counters;
    ids.forEach(id -> cameras.put(id, ofCamera.apply(id)));
  }

  /** A view on its way through the embedder. */
  private record Pending(CameraAnalysis camera, Frame frame, Shot shot) {}

  /**
   * Goes from frames to decisions.
   *
   * @param frames of different cameras; they stay the caller's to close
   */
  void analyse(List<Frame> frames) {
    List<List<Face>> faces =
        engine.detector().detectAll(frames.stream().map(Frame::picture).toList());
    List<Pending> pending = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      CameraAnalysis camera = of(frame.camera());
      for (Shot shot : camera.look(frame, faces.get(i))) {
        pending.add(new Pending(camera, frame, shot));
      }
    }
    decide(pending);
    for (Frame frame : frames) {
      counters.framesProcessed.increment();
      counters.latestNanos.accumulate(frame.streamTime().toNanos());
    }
  }

  private void decide(List<Pending> pending) {
    if (pending.isEmpty()) {
      return;
    }
    List<AlignedFace> aligned = pending.stream().map(each -> each.shot().face()).toList();
    List<Template> views = engine.embedder().embed(aligned);
    aligned.forEach(AlignedFace::close);
    counters.embeddings.add(views.size());
    for (int i = 0; i < views.size(); i++) {
      Pending each = pending.get(i);
      each.camera().decide(each.frame(), each.shot(), views.get(i));
    }
  }

  private CameraAnalysis of(CameraId camera) {
    CameraAnalysis analysis = cameras.get(camera);
    if (analysis == null) {
      throw new IllegalStateException("a frame came from a camera that was not configured");
    }
    return analysis;
  }

  /** Ends all passes: no frame will follow. */
  void finish() {
    cameras.values().forEach(CameraAnalysis::finish);
  }
}
