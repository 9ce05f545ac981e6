package org.sightline.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.pipeline.PipelineCounters;

/**
 * The pipeline on a whole view and on half of it, in turns, so that whatever else the machine does
 * falls on both alike.
 */
final class ZoneComparison {
  private static final double THRESHOLD = 0.5;
  private static final int ENTRIES = 10_000;
  private static final int WARM_UPS = 3;

  private static final Zone LEFT_HALF = upright(0, 0, 0.5, 1);
  private static final Zone LOWER_HALF = upright(0, 0.5, 1, 1);

  private final Street street;
  private final Workplace workplace;
  private final int turns;

  ZoneComparison(Street street, Workplace workplace, int turns) {
    this.street = street;
    this.workplace = workplace;
    this.turns = turns;
  }

  private static Zone upright(double left, double top, double right, double bottom) {
    return new Zone(
        List.of(
            new Zone.Corner(left, top),
            new Zone.Corner(right, top),
            new Zone.Corner(right, bottom),
            new Zone.Corner(left, bottom)));
  }

  /** A part of the view, and what it took. */
  private static final class Half {
    final @Nullable Zone zone;
    final List<Effort> efforts = new ArrayList<>();
    PipelineCounters.@Nullable Snapshot counters;

    Half(@Nullable Zone zone) {
      this.zone = zone;
    }
  }

  /** Measures, and prints the figures. */
  void run(PrintStream out) throws Exception {
    LongList list = LongList.of(street.scenario(), workplace.pack(), ENTRIES);
    CameraSettings camera = OurPipeline.camera("mast-1", street, CameraSettings.Pace.FASTEST);
    Map<String, Half> halves = new TreeMap<>();
    halves.put("1 whole view", new Half(null));
    halves.put("2 left half", new Half(LEFT_HALF));
    halves.put("3 lower half", new Half(LOWER_HALF));
    try (OurPipeline pipeline =
        new OurPipeline(
            list, new Similarity(THRESHOLD), Runtime.getRuntime().availableProcessors())) {
      for (int turn = -WARM_UPS; turn < turns; turn++) {
        for (Half half : halves.values()) {
          Effort effort =
              Effort.of(
                  () -> {
                    PipelineCounters.Snapshot counters =
                        pipeline.run(List.of(camera), half.zone, new Hits(street.scenario()));
                    half.counters = counters;
                    return counters.frames().processed();
                  });
          // At first the compiler is at work beside it; that does not count.
          if (turn >= 0) {
            half.efforts.add(effort);
          }
        }
      }
    }
    out.printf("%s, %d turns; searched frames%n", street.scenario().name(), turns);
    out.println("                 frames/s   processor ms   faces found   embeddings");
    halves.forEach((name, half) -> print(out, name.substring(2), half));
  }

  private static void print(PrintStream out, String name, Half half) {
    PipelineCounters.Snapshot counters = half.counters;
    if (counters != null) {
      out.printf(
          "%-14s %10.1f %14.2f %13d %12d%n",
          name,
          Medians.of(half.efforts, Effort::framesPerSecond),
          Medians.of(half.efforts, Effort::processorMillisPerFrame),
          counters.faces().detected(),
          counters.embeddings());
    }
  }
}
