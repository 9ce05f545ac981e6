package org.sightline.edge.capture.ffmpeg;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.concurrent.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera. Its frames bear the time of their arrival since the source was made, whatever the
 * camera's own clock says. It is opened again, for ever, when nothing comes for the time set, when
 * what comes makes no picture for another, when it hangs up and when it is not there: at once, then
 * after pauses that grow and stay short enough for frames to flow again within 5 s of its return.
 * Each change for worse or better is logged once.
 */
final class LiveSource extends FfmpegSource {

  /** Reaches for a camera once. */
  interface Camera {
    Connection connect(Interrupt interrupt) throws OpenFailure;
  }

  /** What carries a camera's stream to FFmpeg. */
  interface Transport {
    /** Why the connection was ended, or is about to fail; null if nothing is known of it. */
    @Nullable OpenFailure refusal();

    /** Quietly, whatever state it is in. */
    void close();
  }

  /** A camera at the other end, and what carries it; null when FFmpeg reaches it by itself. */
  record Connection(Media media, @Nullable Transport transport) implements AutoCloseable {
    @Nullable OpenFailure refusal() {
      return transport == null ? null : transport.refusal();
    }

    @Override
    public void close() {
      media.close();
      if (transport != null) {
        transport.close();
      }
    }
  }

  /** For name look-up, connecting, asking for the stream and its description. */
  private static final Duration OPENING = Duration.ofSeconds(4);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** Cameras lock an account that is tried too often. */
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(30);

  private static final long POLL_NANOS = Duration.ofMillis(3).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(LiveSource.class);

  private final String where;
  private final Camera camera;
  private final long stallNanos;
  private final long keyPictureNanos;
  private final Backoff backoff =
      new Backoff(SHORTEST_PAUSE, LONGEST_PAUSE, ThreadLocalRandom.current());
  private Duration pause = Duration.ZERO;
  private final long beginningNanos = System.nanoTime();
  private @Nullable Connection connection;
  private volatile @Nullable CaptureException trouble;
  private boolean everConnected;
  private boolean failureLogged;
  private long bytesBefore;
  private long waitingSinceNanos;
  private boolean awaitsFirstFrame;
  private long lastStreamNanos = -1;

  LiveSource(CameraSettings settings, Camera camera) {
    super(settings.id(), new Interrupt());
    this.where = "camera " + settings.id() + " at " + settings.describe();
    this.camera = camera;
    this.stallNanos = settings.patience().stallAfter().toNanos();
    this.keyPictureNanos = Math.max(stallNanos, settings.patience().keyPictureWithin().toNanos());
  }

  @Override
  @Nullable Moment advance(AVFrame frame) throws InterruptedException {
    waitingSinceNanos = System.nanoTime();
    while (!interrupt().isRaised()) {
      progressed();
      try {
        Moment moment = step(frame);
        if (moment != null) {
          return moment;
        }
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    return null;
  }

  /** Comes one step nearer to a frame; null if that is not there yet. */
  private @Nullable Moment step(AVFrame frame) throws InterruptedException {
    Connection open = connection;
    if (open == null) {
      connect();
      return null;
    }
    Media media = open.media();
    setDeadline(media);
    switch (media.next(frame)) {
      case FRAME -> {
        return flowing(media, frame);
      }
      case BROKEN -> countBroken();
      case NOTHING_YET -> interrupt().sleep(POLL_NANOS);
      case ARRIVED -> {}
      case INTERRUPTED -> lose(open, overdue(media));
      case END -> lose(open, gone("the camera ended the stream"));
    }
    return null;
  }

  /**
   * Whatever is wrong with a camera costs that camera a new connection, and nobody else anything.
   */
  private void failed(RuntimeException unexpected) {
    countFailure();
    if (!failureLogged) {
      failureLogged = true;
      LOG.error(
          "{}: unexpected error; it is opened again, and more of the same are only counted",
          where,
          unexpected);
    }
    Connection open = connection;
    connection = null;
    connected(false);
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        LOG.warn("{}: could not be closed: {}", where, e.getClass().getSimpleName());
      }
    }
    troubled(
        new OpenFailure(
            OpenFailure.Kind.UNREACHABLE,
            "reading it failed: " + unexpected.getClass().getSimpleName(),
            "it is retried; report the stack trace in the log"));
  }

  private void connect() throws InterruptedException {
    if (interrupt().sleep(pause.toNanos())) {
      return;
    }
    pause = backoff.next();
    interrupt().expireAfter(OPENING);
    try {
      connection = camera.connect(interrupt());
      waitingSinceNanos = System.nanoTime();
      awaitsFirstFrame = true;
    } catch (OpenFailure failure) {
      troubled(failure);
    }
  }

  /**
   * A camera is dead when nothing comes; what comes may take longer to make a whole picture. Time
   * that the reader spent elsewhere is not the camera's.
   */
  private void setDeadline(Media media) {
    long packet = Math.max(media.arrivedNanos(), waitingSinceNanos) + stallNanos;
    long picture = waitingSinceNanos + keyPictureNanos;
    interrupt().expireAt(Math.min(packet, picture));
  }

  private OpenFailure overdue(Media media) {
    return media.arrivedNanos() - waitingSinceNanos > keyPictureNanos - stallNanos
        ? new OpenFailure(
            OpenFailure.Kind.UNREACHABLE,
            "video arrives, but no complete picture for " + seconds(keyPictureNanos) + " s",
            "set the camera to send key pictures more often, or raise keyPictureWithin; it is"
                + " retried")
        : gone("no frame for " + seconds(stallNanos) + " s");
  }

  private static OpenFailure gone(String what) {
    return new OpenFailure(
        OpenFailure.Kind.UNREACHABLE, what, "check cable, power and address; it is retried");
  }

  private Moment flowing(Media media, AVFrame frame) {
    describe(media, frame, bytesBefore);
    if (awaitsFirstFrame) {
      awaitsFirstFrame = false;
      backoff.reset();
      pause = backoff.next();
      if (everConnected) {
        countReconnect();
      }
      everConnected = true;
      connected(true);
      if (trouble != null) {
        trouble = null;
        LOG.info("{}: frames arrive again", where);
      }
    }
    long arrivedNanos = media.arrivedNanos();
    lastStreamNanos = Math.max(lastStreamNanos + 1, arrivedNanos - beginningNanos);
    return new Moment(lastStreamNanos, arrivedNanos);
  }

  private void lose(Connection lost, OpenFailure why) {
    bytesBefore += lost.media().bytesRead();
    connection = null;
    lost.close();
    connected(false);
    if (!interrupt().isRaised()) {
      OpenFailure refusal = lost.refusal();
      troubled(refusal != null ? refusal : why);
    }
  }

  private void troubled(OpenFailure failure) {
    if (failure.kind() == OpenFailure.Kind.CLOSED) {
      return;
    }
    CaptureException before = trouble;
    CaptureException now = failure.at(where);
    trouble = now;
    boolean refusedNow = failure.kind() == OpenFailure.Kind.REFUSED;
    if (refusedNow) {
      pause = PAUSE_AFTER_REFUSAL;
    }
    if (before == null || (refusedNow && !before.what().equals(now.what()))) {
      LOG.warn("{}", now.getMessage());
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  @Override
  public @Nullable CaptureException trouble() {
    return trouble;
  }

  @Override
  void release() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
