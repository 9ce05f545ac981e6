package org.sightline.edge.models.yunet;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A network that is damaged, or is not YuNet with a fixed input size. */
public final class YuNetException extends SightlineException {
  private static final long serialVersionUID = 1L;

  YuNetException(String what, String where, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, "use the file as published", cause);
  }
}
