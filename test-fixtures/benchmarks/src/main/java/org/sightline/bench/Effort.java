package org.sightline.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a piece of work took.
 *
 * @param frames that were worked on
 * @param wallSeconds by the clock
 * @param processorSeconds of all threads of this process
 */
record Effort(long frames, double wallSeconds, double processorSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double NANOS = 1e9;

  /** Work that says how many frames it was. */
  interface Work {
    long run() throws Exception;
  }

  static Effort of(Work work) throws Exception {
    long wall = System.nanoTime();
    long processor = SYSTEM.getProcessCpuTime();
    long frames = work.run();
    return new Effort(
        frames,
        (System.nanoTime() - wall) / NANOS,
        (SYSTEM.getProcessCpuTime() - processor) / NANOS);
  }

  double framesPerSecond() {
    return frames / wallSeconds;
  }

  double wallMillisPerFrame() {
    return 1000 * wallSeconds / frames;
  }

  double processorMillisPerFrame() {
    return 1000 * processorSeconds / frames;
  }
}
