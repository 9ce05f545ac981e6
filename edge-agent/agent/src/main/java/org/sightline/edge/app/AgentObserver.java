package org.sightline.edge.app;

import java.time.Duration;
import java.util.List;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.pipeline.RaisedAlerts;
import org.sightline.edge.pipeline.SearchedFrames;
import org.sightline.edge.pipeline.WatchedView;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.relay.RelayListener;

/**
 * Sees what a control room will see, from the inside, for field tests; and what is searched, for a
 * preview.
 */
public interface AgentObserver extends RaisedAlerts, RelayListener, SearchedFrames {
  /** Sees nothing. */
  AgentObserver NONE =
      new AgentObserver() {
        @Override
        public void raised(Alert alert, Duration streamTime) {}

        @Override
        public void published(Publication publication) {}
      };

  @Override
  default void searched(Frame frame, List<Face> found, WatchedView view) {}
}
