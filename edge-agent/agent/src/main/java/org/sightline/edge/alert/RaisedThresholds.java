package org.sightline.edge.alert;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;

/** By how much the thresholds of single subjects lie above the others'. Thread-safe. */
public final class RaisedThresholds {
  private final Map<SubjectRef, Double> rises = new ConcurrentHashMap<>();

  /**
   * Raises some. What is less than before changes nothing: a threshold only rises.
   *
   * @param risesInAll of each subject, in cosine, above 0
   */
  public void raise(Map<SubjectRef, Double> risesInAll) {
    risesInAll.forEach((subject, rise) -> rises.merge(subject, rise, Math::max));
  }

  /**
   * The threshold of a subject.
   *
   * @param ofOthers which holds where there is no rise
   */
  public Similarity of(SubjectRef subject, Similarity ofOthers) {
    Double rise = rises.get(subject);
    return rise == null ? ofOthers : Similarity.clamped(ofOthers.cosine() + rise);
  }
}
