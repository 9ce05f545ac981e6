package org.sightline.edge.cli;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A result has no place where it can be written. */
public final class ResultException extends SightlineException {
  private static final long serialVersionUID = 1L;

  ResultException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
