package org.sightline.edge.app;

import java.time.Duration;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.pipeline.RaisedAlerts;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.relay.RelayListener;

/** Sees what a control room will see, from the inside; for field tests. */
public interface AgentObserver extends RaisedAlerts, RelayListener {
  /** Sees nothing. */
  AgentObserver NONE =
      new AgentObserver() {
        @Override
        public void raised(Alert alert, Duration streamTime) {}

        @Override
        public void published(Publication publication) {}
      };
}
