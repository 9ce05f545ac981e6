package org.sightline.edge.capture;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A camera or clip that cannot be used. */
public final class CaptureException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public CaptureException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }
}
