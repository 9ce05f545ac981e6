package org.sightline.edge.board.http;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** The board cannot be served here. */
public final class BoardException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public BoardException(String what, String where, String mend, @Nullable Throwable cause) {
    super(what, where, mend, cause);
  }
}
