package org.sightline.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.pipeline.Engine;

/**
 * Has the networks of a pack run on the CPU and on the device that settings ask for, with drawn
 * faces alone: whether they really run there, whether their templates are the CPU's, how fast, and
 * with how much memory. Needs no deployment, list, key, camera or network.
 */
public final class DeviceTrial {
  private static final String TEMPLATES = "templates";

  /** On each device. */
  private static final Duration MEASURED = Duration.ofSeconds(20);

  /** The first of a shape have their buffers and code made. */
  private static final int FRAMES_BEFORE = 3;

  private static final int FEWEST_FRAMES = 5;
  private static final int WIDTH_PX = 1280;
  private static final int HEIGHT_PX = 720;

  /** Squares of the drawn faces, whose heads are a little over half as high: from far to near. */
  private static final int[] SIDES_PX = {64, 96, 128, 192, 256, 384};

  private static final double NANOS_IN_MILLI = 1e6;
  private static final double NANOS_IN_SECOND = 1e9;
  private static final int KIB_IN_MIB = 1024;
  private static final Path PROCESS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

  private final Duration measured;
  private final BgrPicture frame = frame();

  public DeviceTrial() {
    this(MEASURED);
  }

  DeviceTrial(Duration measured) {
    this.measured = measured;
  }

  /**
   * What was found.
   *
   * @param devices the CPU first; the device that was asked for after it, where that is another
   */
  public record Result(List<Finding> findings, List<DeviceFigures> devices) {}

  /** Networks that are loaded, what they compute with, and the figures of their run. */
  private record Tried(Engine engine, Compute compute, DeviceFigures figures)
      implements AutoCloseable {
    @Override
    public void close() {
      engine.close();
    }
  }

  /**
   * Tries the pack and the device of the settings; takes less than a minute, and longer only where
   * the first frames of a device do.
   *
   * @throws SightlineException if the pack is not installed as it is pinned, or its networks cannot
   *     be loaded
   */
  public Result run(AgentSettings settings) throws SightlineException {
    return run(ModelChecks.installed(settings), settings.inference());
  }

  Result run(InstalledPack pack, AgentSettings.Inference inference) throws SightlineException {
    List<Finding> findings = new ArrayList<>();
    findings.add(ModelChecks.asPinned(pack));
    Compute cpu = Compute.cpu(inference.threads());
    findings.add(ModelChecks.knownAnswer(pack, cpu));
    // Stays loaded, so that what another device takes is not taken from what this one gave back.
    try (Tried reference = tried(pack, InferenceDevice.CPU, cpu)) {
      InferenceDevice asked = inference.device();
      if (asked == InferenceDevice.CPU) {
        findings.add(ModelChecks.ranOn(asked, cpu));
        findings.add(
            Finding.untested("another device", "none is configured: inferenceDevice is cpu"));
        return new Result(findings, List.of(reference.figures()));
      }
      Compute compute = new Compute(asked, inference.threads());
      try (Tried other = tried(pack, asked, compute)) {
        findings.add(ModelChecks.ranOn(asked, compute));
        findings.add(compared(leastCosine(reference.engine(), other.engine()), compute));
        return new Result(findings, List.of(reference.figures(), other.figures()));
      }
    }
  }

  private Tried tried(InstalledPack pack, InferenceDevice asked, Compute compute)
      throws SightlineException {
    Long before = residentKib();
    Engine engine = Engine.open(pack, DetectionSettings.frames(null, compute));
    try {
      long[] nanos = timed(engine);
      return new Tried(engine, compute, figures(asked, compute, nanos, before));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** What each frame took, the quickest first, in nanoseconds. */
  private long[] timed(Engine engine) {
    for (int i = 0; i < FRAMES_BEFORE; i++) {
      work(engine);
    }
    List<Long> nanos = new ArrayList<>();
    long begun = System.nanoTime();
    long before = begun;
    while (nanos.size() < FEWEST_FRAMES || before - begun < measured.toNanos()) {
      work(engine);
      long after = System.nanoTime();
      nanos.add(after - before);
      before = after;
    }
    return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private void work(Engine engine) {
    engine.detector().detect(frame);
    KnownFace.template(engine.embedder(), frame, SIDES_PX[SIDES_PX.length - 1]).close();
  }

  private static DeviceFigures figures(
      InferenceDevice asked, Compute compute, long[] sortedNanos, @Nullable Long beforeKib) {
    Long after = residentKib();
    long all = 0;
    for (long each : sortedNanos) {
      all += each;
    }
    return new DeviceFigures(
        asked.toString(),
        compute.used().map(InferenceDevice::toString).orElse(null),
        compute.threads(),
        sortedNanos.length,
        sortedNanos.length * NANOS_IN_SECOND / all,
        millisOf(sortedNanos, 0.5),
        millisOf(sortedNanos, 0.95),
        beforeKib == null || after == null
            ? null
            : Long.valueOf(Math.max(0, after - beforeKib) / KIB_IN_MIB));
  }

  private static double millisOf(long[] sortedNanos, double share) {
    return sortedNanos[(int) Math.ceil(share * sortedNanos.length) - 1] / NANOS_IN_MILLI;
  }

  /** Of drawn faces of all sizes, how near those are that are farthest apart. */
  private static double leastCosine(Engine one, Engine other) {
    double least = 1;
    for (int side : SIDES_PX) {
      BgrPicture picture = KnownFace.picture(side);
      try (Template mine = KnownFace.template(one.embedder(), picture, side);
          Template its = KnownFace.template(other.embedder(), picture, side)) {
        least = Math.min(least, mine.similarityTo(its).cosine());
      }
    }
    return least;
  }

  static Finding compared(double leastCosine, Compute compute) {
    InferenceDevice used = compute.used().orElse(InferenceDevice.CPU);
    if (used == InferenceDevice.CPU) {
      return Finding.untested(TEMPLATES, "both are made by the cpu");
    }
    return Finding.held(
        TEMPLATES,
        leastCosine >= ModelChecks.SAME_COSINE,
        Verdict.BAD,
        new Finding.Measured(
            String.format(
                Locale.ROOT,
                "%d drawn faces on %s: cosine %.5f or more to the cpu's",
                SIDES_PX.length,
                used,
                leastCosine),
            "at least " + ModelChecks.SAME_COSINE),
        ModelChecks.remedy(used));
  }

  /** The drawn face beside itself, from near to far. */
  private static BgrPicture frame() {
    BgrPicture frame = BgrPicture.allocate(WIDTH_PX, HEIGHT_PX);
    int left = 0;
    for (int i = SIDES_PX.length - 1; i >= 0; i--) {
      KnownFace.draw(frame, left, SIDES_PX[i]);
      left += SIDES_PX[i];
    }
    return frame;
  }

  private static @Nullable Long residentKib() {
    try {
      Matcher found = RESIDENT.matcher(Files.readString(PROCESS));
      return found.find() ? Long.valueOf(found.group(1)) : null;
    } catch (IOException e) {
      return null;
    }
  }
}
