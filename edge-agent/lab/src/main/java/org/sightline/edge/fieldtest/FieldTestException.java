package org.sightline.edge.fieldtest;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** A field test that could not be run; says nothing about the system under test. */
public final class FieldTestException extends SightlineException {
  private static final long serialVersionUID = 1L;

  public FieldTestException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
  }
}
