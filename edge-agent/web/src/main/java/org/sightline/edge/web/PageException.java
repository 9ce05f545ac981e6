package org.sightline.edge.web;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A page cannot be served here. */
public final class PageException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public PageException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
