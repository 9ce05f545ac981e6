package org.sightline.edge.app;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.walk.NotJudged;
import org.sightline.edge.walk.OpenWalk;

/**
 * What keeps walks that go on from being judged. That cameras give no frames because somebody has
 * them closed is no fault of theirs: nobody is rid of a bad walk by a stop in its last second.
 * {@link #ends} may be called by any thread, all else by one.
 */
final class WalkFaults {
  private final Map<Long, NotJudged> faults = new HashMap<>();
  private volatile @Nullable Instant ended;

  /** From now on cameras are closed, whatever gives no frames any more. */
  void ends(Instant now) {
    if (ended == null) {
      ended = now;
    }
  }

  /** Whether cameras were closed before a walk was over. */
  boolean isCutShort(OpenWalk walk) {
    Instant end = ended;
    return end != null && end.isBefore(walk.until());
  }

  /**
   * A camera gives no frames at a time. To be called with what was seen before this is.
   *
   * @param now at which that was
   */
  void unseen(OpenWalk walk, Instant now) {
    if (ended == null && now.isBefore(walk.until())) {
      faults.putIfAbsent(walk.number(), NotJudged.CAMERA_DOWN);
    }
  }

  /**
   * Another fault, which counts before that of a camera.
   *
   * @return whether it is news
   */
  boolean put(OpenWalk walk, NotJudged why) {
    return faults.put(walk.number(), why) != why;
  }

  /** That of a walk; empty if it can be judged. */
  Optional<NotJudged> of(OpenWalk walk) {
    return Optional.ofNullable(faults.get(walk.number()));
  }

  void forget(OpenWalk walk) {
    faults.remove(walk.number());
  }
}
