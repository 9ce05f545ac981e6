package org.sightline.edge.publish;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** The broker cannot be used now: wrong settings, no connection, no answer. */
public final class PublishException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public PublishException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
