package org.sightline.edge.record;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** There is no such record. */
public final class RecordException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public RecordException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
