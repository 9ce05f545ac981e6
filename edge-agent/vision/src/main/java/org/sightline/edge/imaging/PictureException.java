package org.sightline.edge.imaging;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A still picture that cannot be used. */
public final class PictureException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public PictureException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }
}
