package org.sightline.edge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Pending;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.Pause;
import org.sightline.edge.deployment.UrgentAuthorisation;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.record.CaptureTime;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the cameras when the authorised time comes, closes them and wipes the list while an officer
 * has paused the deployment, and closes them for good when anything ends it: the end, a close, a
 * revocation, the list's expiry, an authorisation that no longer stands, or state that cannot be
 * read. A thread of its own, and however it ends, the cameras do not outlive it. Beside it, a
 * thread that touches nothing but memory compares the time with the end, so that a disk that hangs
 * keeps no camera open.
 */
final class CaptureGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureGuard.class);

  /** More revocations than these wait for the next look: the end is looked at in between. */
  private static final int MOST_PER_LOOK = 4;

  /** How often all of it is looked at; a close takes effect within this and the closing itself. */
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** The signatures of the authorisation are checked at every so many looks. */
  private static final int LOOKS_PER_VERIFICATION = 10;

  /** The time is noted on disk at every so many looks. */
  private static final int LOOKS_PER_NOTE = 50;

  private final Device device;
  private final Authorisation authorisation;
  private final Sha256 document;
  private volatile Instant end;
  private volatile @Nullable UrgentAuthorisation urgent;
  private final TrustArrivals statements;
  private final Capturing capture;
  private final Runnable progress;
  private final ArrivingFile revocationFile;
  private final Inbox inbox;
  private final Thread thread = Threads.daemon("capture-guard", this::run);
  private final Thread endWatch = Threads.daemon("authorised-end", this::watchEnd);
  private volatile boolean closing;

  /** Whether there is no capture any more, nor can be. */
  private volatile boolean over;

  private volatile long lookedNanos = System.nanoTime();
  private volatile boolean capturing;
  private volatile @Nullable Exception failure;
  private volatile @Nullable SightlineException notResumed;
  private long openedNanos;

  /** Time of capture that could not be written yet. */
  private Duration unrecorded = Duration.ZERO;

  private final LineLimit lines = new LineLimit();

  /**
   * @param progress called at each poll before capture begins; from then on the analysis calls it
   */
  CaptureGuard(Authorised authorised, Capturing capture, Inbox inbox, Runnable progress) {
    this.inbox = inbox;
    this.device = authorised.device();
    this.authorisation = authorised.authorisation();
    this.document = authorised.document();
    this.end = authorised.firstEnd();
    this.urgent = authorised.urgent().orElse(null);
    this.statements = new TrustArrivals(device, inbox.statements());
    this.capture = capture;
    this.progress = progress;
    this.revocationFile =
        new ArrivingFile(device.settings().deployment().revocation(), "A revocation");
  }

  void start() {
    endWatch.start();
    thread.start();
  }

  /** Whether it is at work and has not looked for so long. */
  boolean isStalled(Duration allowed) {
    return thread.isAlive() && System.nanoTime() - lookedNanos > allowed.toNanos();
  }

  /** When capture is over if nothing else comes. */
  Instant end() {
    return end;
  }

  /** How it stands with an urgent authorisation; empty if this is none. */
  Optional<UrgentAuthorisation> urgent() {
    return Optional.ofNullable(urgent);
  }

  /** When it ends unless a second authority confirms it; empty if that is not so, or it is over. */
  Optional<Instant> lapses() {
    return over || !device.clock().instant().isBefore(end)
        ? Optional.empty()
        : urgent().flatMap(UrgentAuthorisation::lapsing);
  }

  /** Whether cameras are open. */
  boolean capturing() {
    return capturing;
  }

  /**
   * Waits until it has ended, as it does with the deployment.
   *
   * @return whether that came within the time
   */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(Math.max(1, atMost.toMillis()));
    return !thread.isAlive();
  }

  /**
   * Nothing to do if capture was permitted to its end, or ended as it should.
   *
   * @throws SightlineException if it was ended because its permission could not be verified
   */
  void requireNoFailure() throws SightlineException {
    Exception cause = failure;
    SightlineException closed = notResumed;
    if (closed != null) {
      throw new SightlineException(
          closed.kind(),
          "capture could not be resumed: " + closed.what(),
          closed.where(),
          closed.remedy(),
          closed);
    }
    if (cause != null) {
      throw new SightlineException(
          ErrorKind.TEMPORARY,
          "cameras closed: could not verify that capture is still authorised",
          device.settings().folders().data().toString(),
          "see the log for the cause, fix it and start again",
          cause);
    }
  }

  /** Memory and the kernel's clock alone: nothing here may ever wait for a disk. */
  private void watchEnd() {
    try {
      while (!closing
          && device.clock().instant().isBefore(end)
          && device.deployments().trust().end(document).isEmpty()) {
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      capture.end();
    }
  }

  private void run() {
    try {
      for (int look = 0; !closing && stillPermitted(look); look++) {
        lookedNanos = System.nanoTime();
        Optional<Pause> wanted = device.deployments().pauses().current(authorisation.deployment());
        boolean paused = capture.paused().isPresent();
        boolean due = !device.clock().instant().isBefore(authorisation.period().start());
        boolean opens = !capturing && wanted.isEmpty() && (paused || due);
        // Whose keys count may have changed since it was looked at, however long ago that is.
        if (opens && !isAuthorised()) {
          break;
        }
        follow(wanted);
        // Opening the list takes a while: what is permitted is read again before cameras begin.
        if (opens && !paused) {
          begin();
        }
        if (!capturing) {
          progress.run();
        }
        if (look % LOOKS_PER_VERIFICATION == 0) {
          capture.followOutcomes();
        }
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SightlineException | RuntimeException e) {
      LOG.error(
          e == notResumed
              ? "Could not resume: {}"
              : "Could not verify that capture is still authorised: {}",
          e.getMessage());
      failure = e;
    } finally {
      over = true;
      capture.stop();
      stopped();
    }
  }

  /** Pauses capture or resumes it, as an officer wants it. */
  private void follow(Optional<Pause> wanted) throws SightlineException {
    Optional<Pause> now = capture.paused();
    if (wanted.isPresent() && now.map(Pause::number).equals(wanted.map(Pause::number))) {
      takeEffect(wanted.get());
    } else if (wanted.isPresent()) {
      Pause pause = wanted.get();
      capture.pause(pause);
      stopped();
      LOG.info(
          "Paused ({}): the cameras are closed, and the list is wiped from memory",
          pause.reason().word());
      takeEffect(pause);
    } else if (now.isPresent()) {
      resume();
    }
  }

  private void resume() throws SightlineException {
    try {
      capture.open();
    } catch (SightlineException e) {
      notResumed = e;
      throw e;
    }
    LOG.info("Resumed: the list is in memory again");
  }

  /** The officer who paused it waits for this; a full disk is no reason to open cameras. */
  private void takeEffect(Pause pause) {
    if (pause.effective()) {
      return;
    }
    try {
      device.deployments().pauses().effective(pause);
    } catch (StoreException e) {
      lines
          .due("The pause has taken effect, which is not recorded yet: " + e.getMessage())
          .ifPresent(LOG::warn);
    }
  }

  private void begin() throws StoreException {
    // Recorded first: there is no capture that the log does not know of.
    record(AuditKind.CAPTURE_STARTED);
    capturing = true;
    openedNanos = System.nanoTime();
    capture.start();
  }

  private void stopped() {
    if (capturing) {
      capturing = false;
      noteCaptureTime();
      tryToRecord(AuditKind.CAPTURE_STOPPED);
    }
  }

  /** What cannot be recorded now is added to what comes. */
  private void noteCaptureTime() {
    long now = System.nanoTime();
    unrecorded = unrecorded.plusNanos(now - openedNanos);
    openedNanos = now;
    try {
      device.database().write(tx -> CaptureTime.add(tx, authorisation.deployment(), unrecorded));
      unrecorded = Duration.ZERO;
    } catch (StoreException e) {
      LOG.warn("The time of capture could not be recorded: {}", e.getMessage());
    }
  }

  private boolean stillPermitted(int look) throws SightlineException {
    statements.look();
    applyRevocations();
    if (look % LOOKS_PER_NOTE == 0) {
      noteTime();
      if (capturing) {
        noteCaptureTime();
      }
    }
    boolean open = device.deployments().isOpen(authorisation.deployment());
    followConfirmation();
    if (!open) {
      LOG.info("The deployment has ended: the cameras are closed");
      return false;
    }
    return !capturing || look % LOOKS_PER_VERIFICATION != 0 || isAuthorised();
  }

  /** By the keys that count now; a list may be in memory before the authorised start. */
  private boolean isAuthorised() throws SightlineException {
    Path file = device.settings().deployment().authorisation();
    AuthorisationStatus status = device.deployments().permission(file, device.pack());
    if (status instanceof Permitted || (!capturing && status instanceof Pending)) {
      return true;
    }
    Refusal refusal =
        status instanceof Pending pending ? pending.refusal() : ((Refused) status).refusal();
    // A disk that fails, or a process that can open no file, takes nobody's authority away.
    if (refusal instanceof Refusal.Unreadable && Files.exists(file)) {
      throw new SightlineException(
          ErrorKind.TEMPORARY,
          "the authorisation cannot be read",
          file.toString(),
          "check the disk, and that files can be opened at all");
    }
    LOG.error(
        "Capture is no longer permitted, and the cameras are closed: {} ({})",
        refusal.line(),
        refusal.remedy());
    return false;
  }

  /** A second authority may have confirmed an urgent authorisation meanwhile. */
  private void followConfirmation() throws StoreException {
    UrgentAuthorisation before = urgent;
    if (before != null && before.confirmed() == null) {
      urgent = device.deployments().urgent(authorisation.deployment()).orElse(before);
      end = device.deployments().firstEnd(authorisation.deployment());
    }
  }

  /** A full disk is no reason to close: the end is known in memory, too. */
  private void noteTime() {
    try {
      device.clock().remember();
    } catch (StoreException e) {
      LOG.warn("The time could not be recorded: {}", e.getMessage());
    }
  }

  private void applyRevocations() {
    Optional<byte[]> document = revocationFile.changed().or(inbox::nextRevocation);
    for (int applied = 0; document.isPresent(); applied++) {
      device.revoke(document.get());
      document = applied < MOST_PER_LOOK ? inbox.nextRevocation() : Optional.empty();
    }
  }

  private void tryToRecord(AuditKind kind) {
    try {
      record(kind);
    } catch (StoreException e) {
      LOG.error("The audit log is behind: {}", e.getMessage());
    }
  }

  private void record(AuditKind kind) throws StoreException {
    device
        .database()
        .write(
            tx ->
                device
                    .audit()
                    .append(
                        tx,
                        AuditEvent.of(kind, Actor.AGENT)
                            .with("deployment", authorisation.deployment())));
  }

  /** Closes the cameras and waits until they are. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    capture.stop();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
