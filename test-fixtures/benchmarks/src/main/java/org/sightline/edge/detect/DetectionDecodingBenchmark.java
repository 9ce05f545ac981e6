package org.sightline.edge.detect;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sightline.edge.domain.Face;

/** From the detector's output tensors of a 1080p frame to faces. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DetectionDecodingBenchmark {
  private static final int COLUMNS_PX = 768;
  private static final int ROWS_PX = 448;
  private static final int[] STRIDES_PX = {8, 16, 32};

  /** Cells of the finest grid that a face claims. */
  private static final int CELLS_A_FACE = 9;

  @Param({"0", "7", "100"})
  int faces;

  private final YuNetDecoder decoder = new YuNetDecoder(0.6f, 0.3f);
  private final FloatBuffer[][] outputs = new FloatBuffer[STRIDES_PX.length][];

  @Setup
  public void fill() {
    Random chance = new Random(1);
    for (int s = 0; s < STRIDES_PX.length; s++) {
      int cells = COLUMNS_PX / STRIDES_PX[s] * (ROWS_PX / STRIDES_PX[s]);
      outputs[s] =
          new FloatBuffer[] {
            FloatBuffer.allocate(cells),
            FloatBuffer.allocate(cells),
            FloatBuffer.allocate(4 * cells),
            FloatBuffer.allocate(10 * cells)
          };
    }
    for (int claim = 0; claim < faces * CELLS_A_FACE; claim++) {
      int cell = chance.nextInt(outputs[0][0].capacity());
      outputs[0][0].put(cell, 0.8f + chance.nextFloat() / 5);
      outputs[0][1].put(cell, 0.9f);
    }
  }

  @Benchmark
  public List<Face> decode() {
    decoder.begin();
    for (int s = 0; s < STRIDES_PX.length; s++) {
      FloatBuffer[] grid = outputs[s];
      decoder.add(
          STRIDES_PX[s],
          COLUMNS_PX / STRIDES_PX[s],
          ROWS_PX / STRIDES_PX[s],
          0,
          grid[0],
          grid[1],
          grid[2],
          grid[3]);
    }
    return decoder.faces(2.5f, 2.5f);
  }
}
