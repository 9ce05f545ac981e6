package org.sightline.edge.domain;

/** The subjects' pictures, each read from where the list is kept when an alert needs it. */
public interface Portraits {
  /**
   * The subject's picture. Thread-safe.
   *
   * @param row the subject's place among those who are searched, from 0
   * @throws SightlineException if it cannot be read, without saying whose it is: the message ends
   *     in the log
   */
  Jpeg of(int row) throws SightlineException;
}
