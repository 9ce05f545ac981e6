package org.sightline.edge.inference;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A network that cannot be loaded, or is not the one its manifest describes. */
public final class InferenceException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public InferenceException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }
}
