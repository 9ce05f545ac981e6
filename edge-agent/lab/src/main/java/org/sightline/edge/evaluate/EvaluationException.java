package org.sightline.edge.evaluate;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A test set that cannot be measured on. */
public final class EvaluationException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
