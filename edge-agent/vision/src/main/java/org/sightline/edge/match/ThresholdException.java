package org.sightline.edge.match;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** No threshold can be had from a calibration, or none that is allowed. */
public final class ThresholdException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public ThresholdException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
