package org.sightline.edge.lens;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.YuvCoding;

/** A look whether a camera can see, at 1920 x 1080; there are four a second of each camera. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LensBenchmark {
  private static final int WIDTH_PX = 1920;
  private static final int HEIGHT_PX = 1080;
  private static final CameraId CAMERA = new CameraId("mast-1");

  private final LensWatch watch = new LensWatch();
  private final I420Picture picture = picture();
  private Duration at = Duration.ZERO;

  private static I420Picture picture() {
    byte[] pixels = new byte[WIDTH_PX * HEIGHT_PX];
    new Random(1).nextBytes(pixels);
    ByteBuffer luma = ByteBuffer.allocateDirect(pixels.length).put(0, pixels);
    ByteBuffer chroma = ByteBuffer.allocateDirect(pixels.length / 4);
    return new I420Picture(
        WIDTH_PX,
        HEIGHT_PX,
        luma,
        WIDTH_PX,
        chroma,
        chroma,
        WIDTH_PX / 2,
        new YuvCoding(YuvCoding.Matrix.BT_709, false));
  }

  @Benchmark
  public void look() {
    at = at.plusMillis(250);
    try (Frame frame = new Frame(CAMERA, 0, at, 0, picture, () -> {})) {
      watch.see(frame);
    }
  }
}
