package org.sightline.edge.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.deployment.ListInUse;
import org.sightline.edge.deployment.Pause;
import org.sightline.edge.deployment.SubjectRises;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capture of an agent, which is there or, while the deployment is paused, is not. The record of
 * the deployment goes on over pauses. One thread opens, starts and pauses; all else is thread-safe.
 */
final class Capturing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Capturing.class);

  private final Capture.Opening opening;
  private final OutboxAlertSink sink;
  private final SubjectRises rises;
  private final LineLimit lines = new LineLimit();

  /** Held while the list comes or goes, and while somebody is taken off it. */
  private final Object listUse = new Object();

  /** Guards what earlier captures have counted. */
  private final Object counting = new Object();

  private final Set<String> alarmsBefore = new TreeSet<>();

  /** Withdrawals that are not on the disk yet; guarded by {@link #listUse}. */
  private final List<byte[]> unstored = new ArrayList<>();

  private volatile @Nullable Capture capture;
  private volatile @Nullable Pause pause;
  private volatile boolean pausing;
  private volatile boolean over;
  private DeploymentCounts before = DeploymentCounts.NONE;
  private volatile PipelineCounters.Snapshot last = PipelineCounters.Snapshot.none();
  private volatile @Nullable Threshold threshold;
  private @Nullable DeploymentRecord record;

  /**
   * @param rises follows outcomes by which thresholds of subjects rise
   * @param pause null unless the deployment is paused; then nothing is opened before it is resumed
   */
  Capturing(
      Capture.Opening opening, OutboxAlertSink sink, SubjectRises rises, @Nullable Pause pause) {
    this.opening = opening;
    this.sink = sink;
    this.rises = rises;
    this.pause = pause;
  }

  /** Opens list and cameras, none of which is read yet, and continues the record. */
  void open() throws SightlineException {
    raise();
    synchronized (listUse) {
      Capture opened = Capture.open(opening);
      try {
        takeOff(opened);
        keepRecord(opened);
      } catch (SightlineException | RuntimeException | Error e) {
        opened.close();
        throw e;
      }
      threshold = opened.list().threshold();
      capture = opened;
      pause = null;
    }
  }

  private void keepRecord(Capture opened) throws SightlineException {
    Similarity similarity = opened.list().threshold().similarity();
    String reason =
        ThresholdChoice.reason(
            similarity,
            opening.authorised().settings().recognition().threshold(),
            opened.list().authorised(),
            opening.authorised().authorisation().limits().thresholdFloor());
    if (record == null) {
      record =
          DeploymentRecord.open(
              opening.authorised().device().database(),
              opened.facts(opening),
              similarity,
              reason,
              this::counts,
              opening.authorised().device().clock());
    } else {
      record.threshold(similarity, reason);
    }
  }

  private DeploymentCounts counts() {
    synchronized (counting) {
      Capture now = capture;
      return now == null ? before : before.plus(now.counts());
    }
  }

  /** Raises the thresholds of subjects about whom alerts were found to be false. */
  private void raise() throws SightlineException {
    Double rise = opening.authorised().settings().recognition().raiseAfterFalse();
    DeploymentId deployment = opening.authorised().authorisation().deployment();
    if (rises.follow(deployment, rise == null ? 0 : rise)) {
      LOG.info(
          "An alert was found to be false: the threshold of its subject is raised by {}",
          "%.3f".formatted(rise));
    }
    opening.raised().raise(rises.of(deployment));
  }

  /** The same while cameras are open; tried again the next time if it cannot be stored. */
  void followOutcomes() {
    try {
      raise();
    } catch (SightlineException e) {
      lines
          .due("The threshold of a subject could not be raised yet: " + e.getMessage())
          .ifPresent(LOG::warn);
    }
  }

  /** Has the cameras read, unless the end has come meanwhile. */
  void start() {
    Capture now = capture;
    if (now != null && !over) {
      now.pipeline().start();
    }
  }

  /**
   * Closes the cameras at once, then analyses what was captured, stores what was decided, and wipes
   * the list.
   */
  void pause(Pause why) {
    Capture closing = capture;
    if (closing != null) {
      pausing = true;
      closing.walks().ends();
      closing.pipeline().closeCameras();
      closing.pipeline().close();
      synchronized (listUse) {
        leave(closing);
        closing.close();
      }
      pausing = false;
      flush();
    }
    pause = why;
  }

  /** What it has counted and lost stays. */
  private void leave(Capture closing) {
    synchronized (counting) {
      last = closing.pipeline().counters();
      before = before.plus(closing.counts());
      alarmsBefore.addAll(Alarms.of(last));
      capture = null;
    }
  }

  private void flush() {
    DeploymentRecord open = record;
    if (open != null) {
      try {
        open.flush();
      } catch (StoreException e) {
        LOG.warn("The deployment record is behind: {}", e.getMessage());
      }
    }
  }

  /** Has every camera closed for good, without waiting for any of them. */
  void end() {
    over = true;
    Capture now = capture;
    if (now != null) {
      now.walks().ends();
      now.pipeline().closeCameras();
    }
  }

  /** Closes the cameras, analyses what was captured, and waits for it. */
  void stop() {
    over = true;
    Capture now = capture;
    if (now != null) {
      now.walks().ends();
      now.pipeline().close();
    }
  }

  /**
   * Waits until every clip of what is open has ended, or it was ended for good.
   *
   * @return whether that came within the time; at once that it did not, while nothing is open
   * @throws CaptureException if a clip could not be used
   */
  boolean awaitEnd(Duration atMost) throws CaptureException, InterruptedException {
    Capture now = capture;
    try {
      return now != null && now.pipeline().awaitEnd(atMost) && isOpen(now);
    } catch (CaptureException e) {
      // What a pause has closed ends nothing.
      if (now != null && isOpen(now)) {
        throw e;
      }
      return false;
    }
  }

  private boolean isOpen(Capture which) {
    return !pausing && which.equals(capture);
  }

  /** What there is; empty during a pause. */
  Optional<Capture> now() {
    return Optional.ofNullable(capture);
  }

  /** Why there is none. */
  Optional<Pause> paused() {
    return Optional.ofNullable(pause);
  }

  /** The same for the control room. */
  Optional<VanStatus.Pause> announced() {
    return paused().map(each -> new VanStatus.Pause(each.since(), each.reason()));
  }

  /** The cameras of which frames are expected. */
  List<VanStatus.Camera> cameras() {
    return now().map(each -> each.cameras().cameras()).orElse(List.of());
  }

  /** What somebody has to look at; what was lost before a pause stays lost. */
  List<String> alarms() {
    List<String> alarms = new ArrayList<>();
    synchronized (counting) {
      alarms.addAll(alarmsBefore);
    }
    now()
        .ifPresent(
            each -> {
              alarms.addAll(Alarms.of(each.pipeline().counters()));
              alarms.addAll(each.cameras().alarms());
              alarms.addAll(each.walks().alarms());
            });
    return alarms;
  }

  /** Since the cameras were last opened. */
  PipelineCounters.Snapshot counters() {
    return now().map(each -> each.pipeline().counters()).orElse(last);
  }

  /**
   * The threshold of the list that is open, or was last.
   *
   * @throws IllegalStateException if none was since the start
   */
  Threshold threshold() {
    Threshold known = threshold;
    if (known == null) {
      throw new IllegalStateException("no list has been open");
    }
    return known;
  }

  /**
   * Applies withdrawals: nobody whose withdrawal has come is stored as an alert, or found, from
   * then on, also if the list comes back to memory meanwhile.
   *
   * @throws SightlineException if they are to be tried again
   */
  void withdraw(List<byte[]> documents) throws SightlineException {
    synchronized (listUse) {
      Capture now = capture;
      unstored.clear();
      unstored.addAll(documents);
      opening
          .authorised()
          .device()
          .withdraw(
              opening.authorised().lock(),
              documents,
              now == null ? ListInUse.NONE : new Searched(now.list().list(), now.walks(), sink));
      unstored.clear();
    }
  }

  /** A list that comes back to memory is without those whose withdrawal is not on the disk yet. */
  private void takeOff(Capture opened) {
    if (unstored.isEmpty()) {
      return;
    }
    try {
      opening
          .authorised()
          .device()
          .withdraw(
              opening.authorised().lock(),
              List.copyOf(unstored),
              new Searched(opened.list().list(), opened.walks(), sink));
    } catch (SightlineException e) {
      // They are out of memory; the watch tries again what could not be stored.
      LOG.warn("A withdrawal is not stored yet: {}", e.getMessage());
    }
  }

  /** The list, together with the walks of its people and the way of its alerts. */
  private record Searched(ListInMemory list, WalkWatch walks, OutboxAlertSink sink)
      implements ListInUse {
    @Override
    public Optional<DeploymentId> deployment() {
      return list.deployment();
    }

    @Override
    public void withdraw(Set<SubjectRef> subjects) {
      sink.withdraw(subjects);
      list.withdraw(subjects);
      walks.withdraw(subjects);
    }

    @Override
    public void replace(StoredWatchlist rest) throws StoreException {
      list.replace(rest);
    }
  }

  @Override
  public void close() throws StoreException {
    DeploymentRecord open = record;
    try {
      if (open != null) {
        open.close();
      }
    } finally {
      Capture now = capture;
      if (now != null) {
        synchronized (listUse) {
          now.close();
        }
      }
    }
  }
}
