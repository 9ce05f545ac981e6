package org.sightline.edge.domain;

/** Where decided alerts go. */
public interface AlertSink {
  /**
   * Takes an alert into safe keeping: when this returns, the alert is on disk and will be
   * published. Thread-safe.
   *
   * @throws SightlineException if it could not be stored; the caller keeps the alert and tries
   *     again
   */
  void raise(Alert alert) throws SightlineException;

  /**
   * Takes how the pass of an alert goes on, where the authorisation permits that to be said; of use
   * for moments only, and not kept. To return soon. Thread-safe.
   */
  default void seen(AlertSighting sighting) {}
}
