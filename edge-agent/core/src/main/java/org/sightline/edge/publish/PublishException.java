package org.sightline.edge.publish;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** The broker cannot be used now: wrong settings, no connection, no answer. */
public final class PublishException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public PublishException(String what, String where, String remedy, @Nullable Throwable cause) {
    this(ErrorKind.of(cause), what, where, remedy, cause);
  }

  private PublishException(
      ErrorKind kind, String what, String where, String remedy, @Nullable Throwable cause) {
    super(kind, what, where, remedy, cause);
  }

  /** Of a broker or a network that may be back later. */
  public static PublishException temporary(
      String what, String where, String remedy, @Nullable Throwable cause) {
    return new PublishException(ErrorKind.TEMPORARY, what, where, remedy, cause);
  }
}
