package org.sightline.edge.publish;

/** Hears what becomes of alerts; called on the relay's thread and to return soon. */
public interface RelayListener {
  /** Hears nothing. */
  RelayListener NONE = new RelayListener() {};

  /** The broker has acknowledged an alert. */
  default void published(Publication publication) {}
}
