package org.sightline.edge.crypto;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A key, document or sealed value that cannot be used; never reveals anything secret. */
public final class CryptoException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public CryptoException(String what, String where, String remedy) {
    this(what, where, remedy, null);
  }

  public CryptoException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }
}
