package org.sightline.edge.outbox;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A waiting event cannot be read back. */
public final class OutboxException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public OutboxException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }
}
