package org.sightline.edge.store;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** The data file cannot be opened, read or written; nothing of the failed transaction remains. */
public final class StoreException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public StoreException(String what, String where, String mend, @Nullable Throwable cause) {
    super(what, where, mend, cause);
  }
}
