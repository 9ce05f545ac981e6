package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.lens.LensFault;
import org.sightline.edge.pipeline.CameraState;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.retention.Retention;

/**
 * What somebody has to look at, as words of the status message; docs/outbox.md lists them.
 * Thread-safe.
 */
final class Alarms implements Supplier<List<String>> {
  /** Free space below which there is an alarm: room for some 8000 alerts of 60 kB. */
  static final long LOW_DISK_BYTES = 512L << 20;

  private static final String WITHOUT_FRAMES = "camera-without-frames";

  private final List<Supplier<List<String>>> sources = new CopyOnWriteArrayList<>();

  /** Asks one more source from now on. */
  void add(Supplier<List<String>> source) {
    sources.add(source);
  }

  @Override
  public List<String> get() {
    return sources.stream().flatMap(source -> source.get().stream()).distinct().toList();
  }

  /** Of deletions that fail. */
  static List<String> of(Retention retention) {
    return retention.failing().stream().map(what -> "not-deleted-" + what).toList();
  }

  /** Of alerts that cannot be stored, and of what should not have happened. */
  static List<String> of(PipelineCounters.Snapshot counters) {
    List<String> alarms = new ArrayList<>();
    if (counters.alerts().inMemory() > 0) {
      alarms.add("alerts-in-memory");
    }
    if (counters.alerts().lost() > 0) {
      alarms.add("alerts-lost");
    }
    if (counters.faults().any()) {
      alarms.add("unexpected-errors");
    }
    return alarms;
  }

  /** Of a camera without frames; the log says why. */
  static List<String> of(MeasuredSource camera) {
    return camera.trouble() == null ? List.of() : List.of(WITHOUT_FRAMES);
  }

  /**
   * Of a camera that cannot see. What it saw last says nothing of one without frames, and one of
   * which no frames are expected has none.
   */
  static List<String> of(CameraState camera, List<String> ofSource) {
    return switch (camera.phase()) {
      case WAITING, ENDED -> List.of();
      case FAILED -> List.of(WITHOUT_FRAMES);
      case OPEN ->
          ofSource.isEmpty() ? camera.lens().map(LensFault::alarm).stream().toList() : ofSource;
    };
  }

  /**
   * Of the disk under a folder.
   *
   * @param lowBytes free space below which there is one
   */
  static List<String> of(Path folder, long lowBytes) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < lowBytes
          ? List.of("disk-low")
          : List.of();
    } catch (IOException e) {
      return List.of("disk-unknown");
    }
  }
}
