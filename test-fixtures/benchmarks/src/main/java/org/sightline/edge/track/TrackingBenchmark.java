package org.sightline.edge.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;

/** Joining the faces of one more frame to their passes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TrackingBenchmark {
  private static final Duration FRAME = Duration.ofMillis(40);
  private static final float FACE_PX = 60;
  private static final int FACES_A_ROW = 16;

  @Param({"7", "100"})
  int faces;

  private final PassTracker tracker = new PassTracker(TrackSettings.defaults());
  private Duration at = Duration.ZERO;
  private int frame;

  @Benchmark
  public PassUpdate track() {
    at = at.plus(FRAME);
    frame++;
    float swing = 20 * (float) Math.sin(frame / 12.0);
    List<Face> seen = new ArrayList<>(faces);
    for (int i = 0; i < faces; i++) {
      seen.add(face(i % FACES_A_ROW * 2 * FACE_PX + swing, i / FACES_A_ROW * 2 * FACE_PX));
    }
    return tracker.update(at, seen);
  }

  private static Face face(float x, float y) {
    return new Face(
        new BoxPx(x, y, FACE_PX, FACE_PX),
        new Landmarks(
            new PointPx(x + 20, y + 25),
            new PointPx(x + 40, y + 25),
            new PointPx(x + 30, y + 38),
            new PointPx(x + 22, y + 48),
            new PointPx(x + 38, y + 48)),
        0.9f);
  }
}
