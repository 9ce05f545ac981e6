package org.sightline.edge.fieldtest;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A throw-away broker cannot be started here. */
public final class BrokerUnavailableException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public BrokerUnavailableException(
      String what, String where, String mend, @Nullable Throwable cause) {
    super(what, where, mend, cause);
  }
}
