package org.sightline.edge.pipeline;

import java.time.Duration;
import org.sightline.edge.domain.Alert;

/** Called with every alert that was decided, before it is stored; for field tests. */
public interface RaisedAlerts {
  /**
   * An alert was decided.
   *
   * @param streamTime of the frame that completed the evidence
   */
  void raised(Alert alert, Duration streamTime);
}
