package org.sightline.edge.embed;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.YuvCoding;
import org.sightline.edge.imaging.FaceCropper;

/** Aligning a face of a 1080p frame to what the embedder takes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AlignmentBenchmark {
  private static final int WIDTH_PX = 1920;
  private static final int HEIGHT_PX = 1080;
  private static final int SIDE_PX = 128;
  private static final List<PointPx> POINTS = at(0, 0, SIDE_PX).inOrder();

  /** Height of the face in the frame. */
  @Param({"40", "160", "480"})
  int facePx;

  private final FaceCropper cropper = new FaceCropper();
  private final I420Picture frame =
      new I420Picture(
          WIDTH_PX,
          HEIGHT_PX,
          ByteBuffer.allocateDirect(WIDTH_PX * HEIGHT_PX),
          WIDTH_PX,
          ByteBuffer.allocateDirect(WIDTH_PX * HEIGHT_PX / 4),
          ByteBuffer.allocateDirect(WIDTH_PX * HEIGHT_PX / 4),
          WIDTH_PX / 2,
          new YuvCoding(YuvCoding.Matrix.BT_709, false));

  private static Landmarks at(float x, float y, float side) {
    return new Landmarks(
        new PointPx(x + 0.32f * side, y + 0.46f * side),
        new PointPx(x + 0.68f * side, y + 0.46f * side),
        new PointPx(x + 0.50f * side, y + 0.64f * side),
        new PointPx(x + 0.35f * side, y + 0.82f * side),
        new PointPx(x + 0.65f * side, y + 0.82f * side));
  }

  @Benchmark
  public void align() {
    cropper.align(frame, at(700, 300, facePx), POINTS, SIDE_PX).close();
  }
}
