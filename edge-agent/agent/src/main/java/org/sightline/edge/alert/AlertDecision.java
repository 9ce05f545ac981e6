package org.sightline.edge.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;

/**
 * Decides for one camera: one decision a pass, and one alert a subject while the subject stays in
 * front of the camera, even if sight of them was lost in between. Remembers listed subjects that
 * raised an alert, for a few seconds, and nobody else. Not thread-safe.
 */
public final class AlertDecision {
  private final AlertSettings settings;

  /** When each subject that raised an alert here was last in sight. */
  private final Map<SubjectRef, Duration> inSight = new HashMap<>();

  /** Passes that have had their decision, with the subject. */
  private final Map<Long, SubjectRef> decided = new HashMap<>();

  public AlertDecision(AlertSettings settings) {
    this.settings = settings;
  }

  /** Outcome of looking at a pass's evidence. */
  public enum Outcome {
    /** Not enough evidence so far. */
    OPEN,
    /** The evidence suffices and the alert is to be raised. */
    RAISE,
    /** The evidence suffices, but it is the same pass going on: its alert was raised before. */
    CONTINUED
  }

  /** Whether the pass has had its decision, so that no more work is to be done for it. */
  public boolean isDecided(long pass) {
    return decided.containsKey(pass);
  }

  /**
   * Looks at the evidence.
   *
   * @param at stream time of the frame that completed it
   * @param similarity of the fused template to the nearest subject
   * @param threshold that it has to reach for that subject
   */
  public Outcome consider(
      Duration at,
      long pass,
      int shots,
      SubjectRef nearest,
      Similarity similarity,
      Similarity threshold) {
    if (isDecided(pass) || !suffices(shots, similarity, threshold)) {
      return Outcome.OPEN;
    }
    decided.put(pass, nearest);
    Duration last = inSight.put(nearest, at);
    boolean samePass = last != null && at.minus(last).compareTo(settings.samePassWithin()) <= 0;
    return samePass ? Outcome.CONTINUED : Outcome.RAISE;
  }

  private boolean suffices(int shots, Similarity similarity, Similarity threshold) {
    double needed =
        threshold.cosine() + (shots < settings.leastShots() ? settings.overwhelming() : 0);
    return similarity.cosine() >= needed;
  }

  /**
   * Undoes the decision to raise an alert that could not be made: a later view may decide again.
   */
  public void takeBack(long pass) {
    SubjectRef subject = decided.remove(pass);
    if (subject != null) {
      inSight.remove(subject);
    }
  }

  /** Notes that a pass is in sight. */
  public void seen(Duration at, long pass) {
    SubjectRef subject = decided.get(pass);
    if (subject != null) {
      inSight.put(subject, at);
    }
  }

  /** Forgets a pass that has ended. */
  public void ended(long pass) {
    decided.remove(pass);
  }

  /** Forgets subjects that have been out of sight for longer than a pass can be interrupted. */
  public void forgetBefore(Duration at) {
    inSight.values().removeIf(last -> at.minus(last).compareTo(settings.samePassWithin()) > 0);
  }
}
