package org.sightline.edge.health;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** The service manager gave us something that cannot be used. */
public final class HealthException extends SightlineException {
  private static final long serialVersionUID = 1L;

  HealthException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
