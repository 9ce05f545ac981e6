package org.sightline.edge.store;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/** The data file cannot be opened, read or written; nothing of the failed transaction remains. */
public final class StoreException extends SightlineException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  enum Kind {
    /** The disk is full, fails or is held by another process: it may pass by itself. */
    PASSING,
    /** The file or its folder cannot be written by this user, or at all. */
    NOT_WRITABLE,
    /** Anything else: trying again changes nothing. */
    LASTING
  }

  private final Kind kind;

  public StoreException(String what, String where, String remedy, @Nullable Throwable cause) {
    this(what, where, remedy, Kind.LASTING, cause);
  }

  StoreException(String what, String where, String remedy, Kind kind, @Nullable Throwable cause) {
    super(what, where, remedy, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  @Override
  public boolean isPassing() {
    return kind == Kind.PASSING;
  }
}
