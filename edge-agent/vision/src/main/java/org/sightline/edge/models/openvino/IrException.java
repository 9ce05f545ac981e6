package org.sightline.edge.models.openvino;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** An IR that is damaged, or holds something that is not converted. */
public final class IrException extends SightlineException {
  private static final long serialVersionUID = 1L;

  IrException(String what, String where, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, "use the files as published", cause);
  }
}
