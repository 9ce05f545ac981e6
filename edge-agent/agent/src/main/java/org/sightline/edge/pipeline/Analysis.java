package org.sightline.edge.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sightline.edge.detect.Search;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.pipeline.CameraAnalysis.Shot;
import org.sightline.edge.pipeline.Faults.Kind;

/**
 * The networks' work for all cameras: frames that are taken together are searched together, and
 * their views embedded together, so that a device which gains by it has more to do at once. What
 * comes of a frame does not depend on its company. Used by the analysis thread alone.
 */
final class Analysis {
  private final Map<CameraId, CameraAnalysis> cameras = new HashMap<>();
  private final Engine engine;
  private final PipelineCounters counters;
  private final SearchedFrames shown;

  Analysis(
      List<CameraId> ids,
      Engine engine,
      PipelineCounters counters,
      SearchedFrames shown,
      Function<CameraId, CameraAnalysis> ofCamera) {
    this.engine = engine;
    this.counters = counters;
    this.shown = shown;
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
    List<Optional<List<Face>>> faces = search(frames);
    List<Pending> pending = new ArrayList<>();
    List<Optional<Template>> views = new ArrayList<>();
    try {
      try {
        for (int i = 0; i < frames.size(); i++) {
          Frame frame = frames.get(i);
          faces.get(i).ifPresent(found -> look(frame, found, pending));
        }
        embed(pending, views);
      } finally {
        pending.forEach(each -> each.shot().face().close());
      }
      decide(pending, views);
    } finally {
      views.forEach(view -> view.ifPresent(Template::close));
    }
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      faces.get(i).ifPresent(found -> show(frame, found));
    }
    for (Frame frame : frames) {
      counters.framesProcessed.increment();
      counters.latestNanos.accumulate(frame.streamTime().toNanos());
    }
  }

  /** The faces of each frame; empty for one that cannot be searched. */
  private List<Optional<List<Face>>> search(List<Frame> frames) {
    List<Search> searches = frames.stream().map(this::search).toList();
    List<Optional<List<Face>>> faces =
        new ArrayList<>(Collections.nCopies(frames.size(), Optional.empty()));
    for (Search search : Search.values()) {
      List<Integer> alike =
          IntStream.range(0, frames.size()).filter(i -> searches.get(i) == search).boxed().toList();
      List<Optional<List<Face>>> found = search(alike.stream().map(frames::get).toList(), search);
      for (int i = 0; i < alike.size(); i++) {
        faces.set(alike.get(i), found.get(i));
      }
    }
    return faces;
  }

  private List<Optional<List<Face>>> search(List<Frame> frames, Search search) {
    List<Optional<List<Face>>> faces = new ArrayList<>();
    if (!frames.isEmpty()) {
      eachOf(
          frames,
          Kind.FRAME,
          some -> engine.detector().detectAll(some.stream().map(this::part).toList(), search),
          faces);
    }
    return faces;
  }

  private Part part(Frame frame) {
    CameraAnalysis camera = cameras.get(frame.camera());
    return camera == null ? Part.all(frame.picture()) : camera.searched(frame);
  }

  private Search search(Frame frame) {
    CameraAnalysis camera = cameras.get(frame.camera());
    return camera == null ? Search.FULL : camera.search(frame.streamTime());
  }

  private void look(Frame frame, List<Face> found, List<Pending> pending) {
    try {
      CameraAnalysis camera = of(frame.camera());
      for (Shot shot : camera.look(frame, found)) {
        pending.add(new Pending(camera, frame, shot));
      }
    } catch (NetworkFailure e) {
      throw e;
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FRAME, e);
    }
  }

  /** What goes wrong with it costs the look alone. */
  private void show(Frame frame, List<Face> found) {
    try {
      shown.searched(frame, found, of(frame.camera()).view());
    } catch (RuntimeException e) {
      counters.faults.add(Kind.FRAME, e);
    }
  }

  private void embed(List<Pending> pending, List<Optional<Template>> views) {
    if (!pending.isEmpty()) {
      List<AlignedFace> aligned = pending.stream().map(each -> each.shot().face()).toList();
      eachOf(aligned, Kind.FACE, engine.embedder()::embed, views);
    }
  }

  private void decide(List<Pending> pending, List<Optional<Template>> views) {
    for (int i = 0; i < views.size(); i++) {
      Pending each = pending.get(i);
      views
          .get(i)
          .ifPresent(
              view -> {
                counters.embeddings.increment();
                each.camera().decide(each.frame(), each.shot(), view);
              });
    }
  }

  /**
   * Has a network work on all items together or, if that fails, on one after the other, so that an
   * item which it cannot take costs itself alone.
   *
   * @param results by item, added as they come, so that they can be wiped whatever happens; empty
   *     for an item that failed
   */
  private <T, R> void eachOf(
      List<T> items, Kind kind, Function<List<T>, List<R>> network, List<Optional<R>> results) {
    try {
      network.apply(items).forEach(result -> results.add(Optional.of(result)));
    } catch (NetworkFailure e) {
      throw e;
    } catch (RuntimeException e) {
      if (items.size() == 1) {
        counters.faults.add(kind, e);
        results.add(Optional.empty());
        return;
      }
      items.forEach(item -> eachOf(List.of(item), kind, network, results));
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
