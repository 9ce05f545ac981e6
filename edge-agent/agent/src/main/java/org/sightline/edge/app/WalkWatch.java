package org.sightline.edge.app;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.pipeline.ControlMatches;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.walk.NotJudged;
import org.sightline.edge.walk.OpenWalk;
import org.sightline.edge.walk.Proof;
import org.sightline.edge.walk.Setup;
import org.sightline.edge.walk.Walks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the walks that are announced while the agent runs, and judges each when it is over:
 * by what was recognised, or as one that cannot be judged. Whether it is judged never depends on
 * whether it was recognised. Where the authorisation asks for a lowest rate, it says which cameras
 * may raise alerts. On a thread of its own, so that no alert waits for it. Thread-safe.
 */
final class WalkWatch implements ControlMatches, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalkWatch.class);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  /** Frames of the last moment of a walk have been analysed by then. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final DeploymentId deployment;
  private final Walks walks;
  private final Map<CameraId, Setup> setups;
  private final Device device;
  private final Map<CameraId, Proof> proofs = new ConcurrentHashMap<>();
  private final Queue<Recognised> recognised = new ConcurrentLinkedQueue<>();
  private final Set<SubjectRef> withdrawn = ConcurrentHashMap.newKeySet();
  private final Map<Long, Integer> passes = new HashMap<>();
  private final WalkFaults faults = new WalkFaults();

  /**
   * Cameras by which a walk was judged since it was last computed whether they may raise alerts.
   */
  private final Set<CameraId> unproved = new HashSet<>();

  /** Cameras of which what was computed is not in the audit log yet. */
  private final Set<CameraId> unsaid = new HashSet<>();

  private final LineLimit lines = new LineLimit();
  private final Thread thread = Threads.daemon("walks", this::run);
  private Supplier<Set<CameraId>> seeing = Set::of;
  private Instant since = Instant.MAX;
  private int unannounced;
  private volatile boolean closing;

  private record Recognised(CameraId camera, SubjectRef subject, Instant at) {}

  /**
   * @param setups what the rates of each camera are of
   */
  WalkWatch(Device device, DeploymentId deployment, Map<CameraId, Setup> setups) {
    this.device = device;
    this.deployment = deployment;
    this.setups = Map.copyOf(setups);
    this.walks = walksOf(device);
  }

  /** The walks of a device. */
  static Walks walksOf(Device device) {
    return new Walks(device.database(), device.audit(), device.keys().storage(), device.clock());
  }

  /**
   * Has cameras raise alerts only while enough walks by them were recognised.
   *
   * @throws StoreException if it cannot be read how many were
   */
  void require(Optional<LowestRecognition> rule, List<CameraId> cameras) throws StoreException {
    if (rule.isPresent()) {
      for (CameraId camera : cameras) {
        Proof proof = walks.proof(deployment, camera, setup(camera), rule.get());
        proofs.put(camera, proof);
        say(camera, proof);
      }
    }
  }

  /**
   * Begins.
   *
   * @param cameras those that give frames now
   */
  WalkWatch start(Supplier<Set<CameraId>> cameras) {
    seeing = cameras;
    since = device.clock().instant();
    thread.start();
    return this;
  }

  @Override
  public void recognised(CameraId camera, SubjectRef subject, Instant capturedAt) {
    recognised.add(new Recognised(camera, subject, capturedAt));
  }

  @Override
  public boolean mayRaise(CameraId camera) {
    Proof proof = proofs.get(camera);
    return proof == null || proof.holds();
  }

  /** To be called before the cameras are closed. */
  void ends() {
    faults.ends(device.clock().instant());
  }

  /** Walks of these subjects cannot be judged any more. */
  void withdraw(Set<SubjectRef> subjects) {
    withdrawn.addAll(subjects);
  }

  /** Why cameras raise no alerts. */
  List<String> alarms() {
    return proofs.values().stream()
        .filter(proof -> !proof.holds())
        .map(Proof::alarm)
        .distinct()
        .sorted()
        .toList();
  }

  private void run() {
    try {
      while (!closing) {
        look(GRACE);
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails is tried again at the next look. */
  private void look(Duration grace) {
    try {
      // Read after them: a walk that was announced before somebody was recognised is among it.
      int arrived = recognised.size();
      List<OpenWalk> open = walks.open(deployment);
      for (int i = 0; i < arrived; i++) {
        count(recognised.remove(), open);
      }
      if (unannounced > 0) {
        walks.unannounced(deployment, unannounced);
        unannounced = 0;
      }
      Instant now = device.clock().instant();
      Set<CameraId> cameras = seeing.get();
      for (OpenWalk walk : open) {
        note(walk, now, cameras);
        if (!now.isBefore(walk.until().plus(grace)) && !faults.isCutShort(walk)) {
          judge(walk);
        }
      }
      prove();
    } catch (SightlineException | RuntimeException e) {
      lines.due("A walk is not recorded yet: " + e.getMessage()).ifPresent(LOG::error);
    }
  }

  private void count(Recognised pass, List<OpenWalk> open) {
    for (OpenWalk walk : open) {
      if (walk.expects(pass.camera(), pass.subject(), pass.at())) {
        passes.merge(walk.number(), 1, Integer::sum);
        return;
      }
    }
    unannounced++;
  }

  /** Notes what keeps a walk that goes on from being judged. */
  private void note(OpenWalk walk, Instant now, Set<CameraId> cameras) {
    if (withdrawn.contains(walk.subject())) {
      faults.put(walk, NotJudged.WITHDRAWN);
    } else if (walk.from().isBefore(since)) {
      if (faults.put(walk, NotJudged.AGENT_STOPPED)) {
        LOG.warn(
            "A walk by camera {} was announced before these cameras were opened: it cannot be judged",
            walk.camera());
      }
    } else if (!cameras.contains(walk.camera())) {
      faults.unseen(walk, now);
    }
  }

  private void judge(OpenWalk walk) throws StoreException {
    NotJudged fault = faults.of(walk).orElse(null);
    int found = passes.getOrDefault(walk.number(), 0);
    if (fault != null) {
      giveUp(walk, fault);
    } else {
      // First: whatever fails below, what holds for the camera is computed at the next look.
      unproved.add(walk.camera());
      walks.judge(deployment, walk, found, setup(walk.camera()));
      LOG.info(
          "A walk by camera {}: {} of {} passes recognised",
          walk.camera(),
          Math.min(found, walk.passes()),
          walk.passes());
    }
    faults.forget(walk);
    passes.remove(walk.number());
  }

  /** As it stood when it was interrupted, where the agent was there from its start. */
  private void giveUp(OpenWalk walk, NotJudged why) throws StoreException {
    // First: whatever fails below, what holds for the camera is computed at the next look.
    unproved.add(walk.camera());
    if (why == NotJudged.WITHDRAWN || !setups.containsKey(walk.camera())) {
      walks.giveUp(deployment, walk, why);
    } else {
      OptionalInt found =
          walk.from().isBefore(since)
              ? OptionalInt.empty()
              : OptionalInt.of(passes.getOrDefault(walk.number(), 0));
      walks.interrupt(deployment, walk, found, why, setup(walk.camera()));
    }
    LOG.info("A walk by camera {} could not be judged: {}", walk.camera(), why.word());
  }

  private Setup setup(CameraId camera) {
    return Objects.requireNonNull(setups.get(camera));
  }

  private void prove() throws StoreException {
    for (CameraId camera : List.copyOf(unproved)) {
      Proof before = proofs.get(camera);
      if (before != null) {
        Proof now = walks.proof(deployment, camera, setup(camera), before.rule());
        proofs.put(camera, now);
        if (now.holds() != before.holds()) {
          unsaid.add(camera);
        }
      }
      unproved.remove(camera);
    }
    for (CameraId camera : List.copyOf(unsaid)) {
      Proof proof = proofs.get(camera);
      if (proof != null) {
        say(camera, proof);
      }
      unsaid.remove(camera);
    }
  }

  private void say(CameraId camera, Proof proof) throws StoreException {
    if (proof.holds()) {
      LOG.info("Camera {}: {}", camera, proof.line());
    } else {
      LOG.warn("Camera {}: {}", camera, proof.line());
    }
    walks.changed(deployment, camera, proof);
  }

  private NotJudged whyItEnds() throws SightlineException {
    if (!device.deployments().isOpen(deployment)) {
      return NotJudged.CLOSED;
    }
    return device.deployments().pauses().current(deployment).isPresent()
        ? NotJudged.PAUSED
        : NotJudged.AGENT_STOPPED;
  }

  /** To be called once the cameras are closed: what they saw is judged, the rest is not. */
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
    look(Duration.ZERO);
    try {
      NotJudged why = whyItEnds();
      for (OpenWalk walk : walks.open(deployment)) {
        giveUp(walk, withdrawn.contains(walk.subject()) ? NotJudged.WITHDRAWN : why);
      }
    } catch (SightlineException e) {
      LOG.error("A walk that could not be judged is not recorded: {}", e.getMessage());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
