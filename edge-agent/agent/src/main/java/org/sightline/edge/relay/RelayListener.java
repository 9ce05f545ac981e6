package org.sightline.edge.relay;

import java.util.UUID;
import org.sightline.edge.publish.Publication;

/** Hears what becomes of alerts, on the thread that does it; to return soon. */
public interface RelayListener {
  /** Hears nothing. */
  RelayListener NONE = new RelayListener() {};

  /** An alert is on disk. */
  default void stored(UUID id) {}

  /** The broker has acknowledged an alert. */
  default void published(Publication publication) {}
}
