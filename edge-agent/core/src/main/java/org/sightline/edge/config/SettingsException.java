package org.sightline.edge.config;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A settings or scenario file that cannot be used. */
public final class SettingsException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }
}
