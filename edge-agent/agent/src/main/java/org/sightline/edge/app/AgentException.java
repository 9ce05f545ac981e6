package org.sightline.edge.app;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** The agent may not, or cannot, start, or cannot be stopped. */
public final class AgentException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public AgentException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
