package org.sightline.edge.outbox;

import org.sightline.edge.domain.SightlineException;

/** Authenticated encryption of payloads at rest, bound to the event they belong to. Thread-safe. */
public interface Sealer {
  /** Seals a payload so that it opens only together with the same associated data. */
  byte[] seal(byte[] payload, byte[] associatedData);

  /**
   * Opens what {@link #seal} made.
   *
   * @throws SightlineException if it was changed, belongs to something else, or the key is another
   */
  byte[] open(byte[] sealed, byte[] associatedData) throws SightlineException;
}
