package org.sightline.edge.enrol;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A list of pictures to enrol that cannot be read. */
public final class PictureListException extends SightlineException {
  private static final long serialVersionUID = 1L;

  PictureListException(String what, String where, String mend, @Nullable Throwable cause) {
    super(what, where, mend, cause);
  }
}
