package org.sightline.edge.pipeline;

import java.time.Instant;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;

/**
 * Takes what is found of control entries, about whom no alert is raised, and says where alerts may
 * be. Called on the analysis thread, for which it must not wait.
 */
public interface ControlMatches {
  /** Of a list without control entries. */
  ControlMatches NONE =
      new ControlMatches() {
        @Override
        public void recognised(CameraId camera, SubjectRef subject, Instant capturedAt) {}

        @Override
        public boolean mayRaise(CameraId camera) {
          return true;
        }
      };

  /**
   * A control entry was recognised in a pass in which it was not recognised before.
   *
   * @param capturedAt when the frame that completed the evidence was captured
   */
  void recognised(CameraId camera, SubjectRef subject, Instant capturedAt);

  /** Whether alerts about anybody else are raised at a camera now. */
  boolean mayRaise(CameraId camera);
}
