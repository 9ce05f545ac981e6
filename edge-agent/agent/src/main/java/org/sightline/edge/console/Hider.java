package org.sightline.edge.console;

import org.sightline.edge.domain.SightlineException;

/** Makes of a copy of a frame what may be shown of it. For one thread. */
interface Hider extends AutoCloseable {
  /** What makes one when somebody looks. */
  @FunctionalInterface
  interface Opening {
    Hider open() throws SightlineException;
  }

  Preview hide(FrameCopy copy);

  @Override
  void close();
}
