package org.sightline.edge.fieldtest.generate;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** Generated material could not be written. */
public final class GenerationException extends SightlineException {
  private static final long serialVersionUID = 1L;

  GenerationException(String what, String where, String mend, @Nullable Throwable cause) {
    super(what, where, mend, cause);
  }
}
