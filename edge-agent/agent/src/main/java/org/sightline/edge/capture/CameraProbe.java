package org.sightline.edge.capture;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;

/** Opens a source for a few seconds and measures it; keeps no picture but a mosaic asked for. */
public final class CameraProbe {
  /** Time to reach a camera, before it gives its first frame. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_PERMITS = Duration.ofSeconds(1);

  private final CameraSettings settings;
  private final Duration length;
  private long frames;
  private Duration first = Duration.ZERO;
  private Duration last = Duration.ZERO;
  private double squaredGaps;
  private long sizeChanges;
  private int widthPx;
  private int heightPx;
  private double meanLuma;
  private double sharpness;
  private long openedNanos;
  private long firstArrivedNanos;
  private final Permit permit;
  private final Observer observer;
  private volatile @Nullable SightlineException refusal;

  /** Asked every second while a source is open, by another thread, and after the last frame. */
  @FunctionalInterface
  public interface Permit {
    /** For what anybody may look at. */
    Permit ALWAYS = () -> {};

    /**
     * Passes if the source may still be read.
     *
     * @throws SightlineException if it has to be closed now
     */
    void require() throws SightlineException;
  }

  /** Sees every frame while it is measured. */
  @FunctionalInterface
  public interface Observer {
    /** Looks at a frame, which is only read; what takes long slows the reading that is measured. */
    void see(Frame frame);
  }

  /** Measures that much of the stream, more than zero, from its first frame on. */
  public CameraProbe(CameraSettings settings, Duration length) {
    this(settings, length, Permit.ALWAYS, frame -> {});
  }

  /** The same while it is permitted, with somebody who looks on. */
  public CameraProbe(CameraSettings settings, Duration length, Permit permit, Observer observer) {
    this.settings = settings;
    this.permit = permit;
    this.observer = observer;
    this.length = length;
  }

  /** Where a snapshot goes. */
  public interface Snapshot {
    /** Takes it, as a PNG. */
    void take(byte[] png) throws SightlineException;
  }

  /**
   * Measures, once.
   *
   * @param snapshot takes a PNG of 20 grey squares across, in which no face can be known; null for
   *     none
   * @param zone whose outline is drawn on it; null for none
   * @throws CaptureException if no two frames come
   * @throws SightlineException what the permit threw; the source is closed then and nothing kept
   */
  public CameraReport measure(@Nullable Snapshot snapshot, @Nullable Zone zone)
      throws SightlineException, InterruptedException {
    openedNanos = System.nanoTime();
    Timer clock = new Timer("probe-limit", true);
    try (MeasuredSource source = FrameSources.open(settings)) {
      clock.schedule(closing(source), limit().toMillis());
      clock.schedule(asking(source), 0, BETWEEN_PERMITS.toMillis());
      Mosaic mosaic = read(source, snapshot != null);
      requirePermit();
      CameraReport report = report(source);
      if (mosaic != null && snapshot != null) {
        snapshot.take(mosaic.png(zone));
      }
      return report;
    } finally {
      clock.cancel();
    }
  }

  /** Measures, once, and keeps no picture. */
  public CameraReport measure() throws SightlineException, InterruptedException {
    return measure(null, null);
  }

  private Duration limit() {
    return PATIENCE.plus(settings.patience().keyPictureWithin()).plus(length.multipliedBy(2));
  }

  private static TimerTask closing(MeasuredSource source) {
    return new TimerTask() {
      @Override
      public void run() {
        source.close();
      }
    };
  }

  private TimerTask asking(MeasuredSource source) {
    return new TimerTask() {
      @Override
      public void run() {
        try {
          permit.require();
        } catch (SightlineException e) {
          refuse(e);
        } catch (RuntimeException e) {
          refuse(
              new SightlineException(
                  ErrorKind.REFUSED,
                  "it cannot be determined whether the source may still be read",
                  settings.describe(),
                  "see the log; start the command again",
                  e));
        }
      }

      private void refuse(SightlineException why) {
        refusal = why;
        cancel();
        source.close();
      }
    };
  }

  private void requirePermit() throws SightlineException {
    SightlineException refused = refusal;
    if (refused != null) {
      throw refused;
    }
    permit.require();
  }

  private @Nullable Mosaic read(MeasuredSource source, boolean wanted)
      throws CaptureException, InterruptedException {
    Mosaic mosaic = null;
    boolean over = false;
    while (!over) {
      try (Frame frame = source.next()) {
        if (frame == null) {
          return mosaic;
        }
        count(frame);
        observer.see(frame);
        over = last.minus(first).compareTo(length) >= 0;
        // Looked at once a while, so that looking does not slow the reading that is measured.
        if (over || frames % 10 == 1) {
          meanLuma = Luma.mean(frame.picture());
          sharpness = Luma.laplacianVariance(frame.picture());
          mosaic = wanted ? Mosaic.of(frame.picture()) : null;
        }
      }
    }
    return mosaic;
  }

  private CaptureException tooFew() {
    boolean live = FrameSources.isLive(settings.source());
    return new CaptureException(
        frames == 0 ? "no picture came" : "only one picture came, and nothing moves in one",
        settings.describe(),
        live
            ? "check that it plays, and how many pictures a second it sends"
            : "give a longer clip",
        null);
  }

  private void count(Frame frame) {
    if (frames == 0) {
      first = frame.streamTime();
      firstArrivedNanos = frame.capturedNanos();
    } else {
      double gapMillis = frame.streamTime().minus(last).toNanos() / 1e6;
      squaredGaps += gapMillis * gapMillis;
      if (frame.picture().widthPx() != widthPx || frame.picture().heightPx() != heightPx) {
        sizeChanges++;
      }
    }
    widthPx = frame.picture().widthPx();
    heightPx = frame.picture().heightPx();
    last = frame.streamTime();
    frames++;
  }

  private CameraReport report(MeasuredSource source) throws CaptureException {
    StreamProperties stream = source.stream();
    double seconds = last.minus(first).toNanos() / 1e9;
    if (stream == null || frames < 2 || seconds <= 0) {
      CaptureException trouble = source.trouble();
      throw trouble != null ? trouble : tooFew();
    }
    CaptureStatistics counted = source.statistics();
    double gapMillis = 1000 * seconds / (frames - 1);
    return new CameraReport(
        settings.describe(),
        new CameraReport.Stream(stream.codec(), stream.widthPx(), stream.heightPx()),
        new CameraReport.Pace(stream.nominalFramesPerSecond(), (frames - 1) / seconds),
        new CameraReport.Counts(frames, counted.framesBroken(), counted.reconnects(), sizeChanges),
        new CameraReport.Timing(
            (firstArrivedNanos - openedNanos) / 1e6,
            Math.sqrt(Math.max(0, squaredGaps / (frames - 1) - gapMillis * gapMillis)),
            stream.keyPictures().seen() < 2
                ? null
                : stream.keyPictures().mostApart() * gapMillis / 1000),
        stream.bytesRead() * 8 / 1000.0 / (seconds * frames / (frames - 1)),
        new CameraReport.Look(meanLuma, sharpness));
  }
}
